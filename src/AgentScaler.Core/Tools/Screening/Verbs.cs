using System.Collections.Frozen;

namespace AgentScaler.Tools.Screening;

/// <summary>Whether a tool's result can be inferred without a schema: its method or a verb tells what it does.</summary>
internal static class Verbs
{
    private static readonly FrozenSet<string> Methods = new[] { "GET", "POST", "PUT", "PATCH", "DELETE" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Known = (
        "get fetch read retrieve show view describe load lookup look download export inspect query check verify validate test "
        + "list find search browse filter count compare calculate compute convert estimate predict analyze analyse detect "
        + "identify extract recommend suggest rank measure evaluate track monitor locate translate summarize classify generate "
        + "solve determine review select obtain provide return display discover explore resolve create add insert new make open "
        + "post put register submit book reserve order place buy purchase schedule start begin launch issue write record log "
        + "upload import save store build set update edit modify change patch replace rename move transfer copy assign unassign "
        + "attach detach link unlink configure adjust apply extend renew reschedule increase decrease upgrade downgrade enable "
        + "disable activate deactivate turn switch toggle lock unlock delete remove clear erase drop destroy purge discard cancel "
        + "close reopen approve reject accept decline confirm complete finish end stop pause resume suspend archive restore "
        + "publish unpublish send reply forward share notify invite email message call pay refund charge withdraw deposit ship "
        + "deliver release play run execute perform process trigger deploy install uninstall connect disconnect login logout sign "
        + "authenticate authorize grant revoke subscribe unsubscribe follow unfollow like unlike block unblock mark merge split "
        + "join leave enrol enroll escalate request report rate sync refresh reset retry rollback commit push pull sort group "
        + "aggregate format parse encode decode encrypt decrypt plan manage handle draw plot render print scan capture simulate "
        + "optimize control draft")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The same in Chinese, which has no spaces to tell words by.</summary>
    private static readonly string[] Chinese = (
        "获取 查询 查看 查找 搜索 检索 列出 读取 检查 验证 计算 转换 翻译 分析 预测 推荐 识别 提取 统计 比较 监控 跟踪 追踪 生成 创建 新建 添加 增加 新增 插入 "
        + "注册 提交 预订 预约 购买 下单 安排 设置 设定 更新 修改 编辑 更改 替换 移动 转移 复制 分配 启动 开启 关闭 启用 禁用 停止 暂停 恢复 删除 移除 清除 取消 撤销 "
        + "发送 发布 回复 分享 上传 下载 导入 导出 保存 支付 退款 充值 提现 登录 登出 注销 授权 订阅 关注 执行 运行 处理 管理 优化 控制 播放 打印 返回 提供 评估 诊断 规划 制定")
        .Split(' ');

    public static bool Tell(string? method, IReadOnlyList<string> nameTokens, string description) =>
        (method is not null && Methods.Contains(method))
        || nameTokens.Any(Known.Contains)
        || Chinese.Any(verb => description.AsSpan(0, Math.Min(description.Length, 40)).Contains(verb, StringComparison.Ordinal))
        || (ToolName.Tokens(FirstWord(description)) is [var first, ..] && (Known.Contains(first) || IsInflected(first)));

    private static string FirstWord(string text)
    {
        var end = text.IndexOf(' ');
        return end < 0 ? text : text[..end];
    }

    /// <summary>"Retrieves", "searches", "applies".</summary>
    private static bool IsInflected(string word) =>
        word.EndsWith('s')
        && (Known.Contains(word[..^1])
            || (word.EndsWith("es", StringComparison.Ordinal) && Known.Contains(word[..^2]))
            || (word.EndsWith("ies", StringComparison.Ordinal) && Known.Contains(word[..^3] + "y")));
}
