using System.Collections.Frozen;

namespace AgentScaler.Tasks.Wording;

/// <summary>Chinese for the common nouns of APIs, and for the words that go with them: our own list. Entries of several words are terms whose parts do not add up.</summary>
internal static class ChineseGlossary
{
    /// <summary>The most words of an entry.</summary>
    public const int LongestEntry = 2;

    /// <summary>English, singular and in lower case, a tab, Chinese; one entry a line.</summary>
    private const string Entries =
        """
        account	账户
        account number	账号
        action	操作
        active	启用
        activity	活动
        actual	实际
        address	地址
        admin	管理员
        administrator	管理员
        adult	成人
        age	年龄
        agent	客服
        agreement	协议
        airline	航空公司
        airport	机场
        aisle	通道
        album	专辑
        alert	警报
        allergy	过敏
        amenity	设施
        amount	金额
        annual	年度
        answer	回答
        apartment	公寓
        applicant	申请人
        application	申请
        appointment	预约
        approval	审批
        area	区域
        arrival	到达
        article	文章
        artist	艺术家
        asset	资产
        assignee	负责人
        assignment	任务分配
        athlete	运动员
        attachment	附件
        attendee	参会者
        auction	拍卖
        author	作者
        available	可用
        average	平均
        backup	备份
        badge	徽章
        balance	余额
        bank	银行
        bank account	银行账户
        base	基础
        basket	购物篮
        batch	批次
        bed	床位
        benefit	福利
        bid	出价
        bike	自行车
        bill	账单
        billing	账单
        billing address	账单地址
        birth	出生
        birth date	出生日期
        birthday	生日
        birthplace	出生地
        block	区块
        board	看板
        body	正文
        book	图书
        booking	预订
        bookmark	书签
        borrower	借阅人
        box	箱子
        branch	分支
        brand	品牌
        bucket	存储桶
        budget	预算
        bug	缺陷
        building	楼宇
        bundle	套餐
        business	企业
        buyer	买家
        cabin	舱位
        calendar	日历
        call	通话
        campaign	营销活动
        cancellation	取消
        cancellation reason	取消原因
        candidate	候选人
        capacity	容量
        car	汽车
        card	卡片
        card number	卡号
        carrier	承运商
        cart	购物车
        carton	纸箱
        case	案件
        cash	现金
        catalog	目录
        catalogue	目录
        category	类别
        ceiling	上限
        certificate	证书
        channel	渠道
        chapter	章节
        charge	费用
        check	检查
        child	儿童
        city	城市
        claim	理赔
        class	课程
        client	客户
        clinic	诊所
        cluster	集群
        cm	厘米
        coach	教练
        code	代码
        collection	合集
        color	颜色
        colour	颜色
        comment	评论
        commission	佣金
        company	公司
        component	组件
        condition	状况
        conference	会议
        configuration	配置
        connection	连接
        consultation	诊疗
        contact	联系人
        contact number	联系电话
        container	容器
        content	内容
        contract	合同
        conversation	对话
        cost	成本
        count	数量
        country	国家
        coupon	优惠券
        course	课程
        created	创建时间
        created at	创建时间
        created by	创建人
        creation	创建
        creation date	创建日期
        creator	创建者
        credential	凭据
        credit	信用
        credit card	信用卡
        credit point	学分
        currency	币种
        current	当前
        customer	客户
        daily	每日
        dashboard	仪表板
        data	数据
        database	数据库
        dataset	数据集
        date	日期
        day	天数
        deadline	截止日期
        deal	交易
        debt	债务
        default	默认
        degree	学位
        degree programme	学位课程
        delivery	配送
        delivery address	配送地址
        delivery date	配送日期
        demand	需求
        department	部门
        departure	出发
        deployment	部署
        deposit	押金
        description	描述
        destination	目的地
        detail	详情
        device	设备
        diagnosis	诊断
        dimension	尺寸
        discount	折扣
        disease	疾病
        dish	菜品
        display name	显示名称
        distance	距离
        district	区
        doctor	医生
        document	文档
        domain	域名
        donation	捐款
        door	门
        dosage	剂量
        dose	剂量
        draft	草稿
        driver	司机
        driver license	驾驶证
        driving licence	驾驶证
        drug	药品
        due date	到期日期
        duration	时长
        duty	职责
        education	教育
        effective	生效
        email	邮箱
        email address	邮箱地址
        emergency	紧急
        employee	员工
        end	结束
        end date	结束日期
        end time	结束时间
        endpoint	端点
        engine	引擎
        enrollment	注册
        enrolment	注册
        entry	条目
        environment	环境
        equipment	设备
        error	错误
        estimate	估算
        event	活动
        exam	考试
        exercise	练习
        exhibition	展览
        expense	支出
        experience	经验
        expiration	到期
        expires at	到期时间
        expiry	到期
        expiry date	到期日期
        external	外部
        facility	设施
        family	家庭
        fare	票价
        farm	农场
        favorite	收藏
        favourite	收藏
        feature	功能
        fee	费用
        feedback	反馈
        field	字段
        file	文件
        file name	文件名
        final	最终
        fine	罚款
        first	首个
        first name	名
        flight	航班
        flight number	航班号
        floor	楼层
        folder	文件夹
        follower	关注者
        food	食品
        forklift	叉车
        form	表单
        forum	论坛
        frequency	频率
        friend	好友
        fuel	燃料
        full name	全名
        function	函数
        fund	基金
        gallery	图库
        game	游戏
        gate	登机口
        gender	性别
        genre	类型
        gift card	礼品卡
        global	全局
        goal	目标
        grade	成绩
        gross	毛
        group	群组
        guest	客人
        guide	导游
        gym	健身房
        habit	习惯
        head	负责人
        height	高度
        hire	雇佣
        hiring	招聘
        history	历史
        holder	持有人
        holiday	假期
        home	家庭
        home address	家庭住址
        hospital	医院
        host	主办方
        host name	主机名
        hotel	酒店
        hour	小时
        house	房屋
        housekeeping	客房清洁
        housekeeping status	客房清洁状态
        id	编号
        identifier	标识
        image	图片
        import	导入
        incident	事件
        income	收入
        index	索引
        industry	行业
        ingredient	配料
        inspection	检验
        instance	实例
        instructor	讲师
        insurance	保险
        insurance number	保险号
        integration	集成
        interest	利息
        internal	内部
        interview	面试
        inventory	库存
        investment	投资
        invitation	邀请
        invoice	发票
        invoice number	发票号
        issue	问题
        item	项目
        job	职位
        job id	作业编号
        job title	职位名称
        journal	日志
        journey	行程
        key	密钥
        keyword	关键词
        kg	公斤
        kind	种类
        km	公里
        label	标签
        landlord	房东
        language	语言
        last	最后
        last name	姓
        last updated	最后更新时间
        latitude	纬度
        lead	销售线索
        league	联赛
        leave	假期
        leave request	请假申请
        lecturer	讲师
        length	长度
        lesson	课时
        level	级别
        library	图书馆
        licence	许可证
        licence plate	车牌号
        license	许可证
        license plate	车牌号
        limit	限额
        line	行
        line item	明细项
        link	链接
        list	列表
        listing	房源
        loan	借阅
        local	本地
        location	位置
        log	日志
        log entry	日志条目
        longitude	经度
        loyalty	会员
        luggage	行李
        machine	机器
        mail	邮件
        maintenance	维护
        manager	经理
        manual	手册
        manufacturer	制造商
        map	地图
        market	市场
        material	材料
        maximum	最大
        meal	餐食
        measurement	测量值
        medical	医疗
        medical specialty	医学专科
        medication	药物
        meeting	会议
        member	会员
        membership	会员资格
        membership plan	会员方案
        menu	菜单
        merchant	商户
        message	消息
        method	方式
        mileage	里程
        milestone	里程碑
        minimum	最小
        minute	分钟
        mobile	手机
        model	型号
        module	模块
        monitor	监控
        month	月份
        monthly	每月
        mortgage	按揭
        movie	电影
        museum	博物馆
        name	名称
        namespace	命名空间
        nationality	国籍
        net	净
        network	网络
        new	新
        news	新闻
        newsletter	通讯
        next	下次
        night	晚数
        nightly	每晚
        nightly rate	每晚房价
        node	节点
        note	备注
        notification	通知
        number	号码
        nurse	护士
        occupancy	入住
        occupant	入住人数
        occupation	职业
        odometer	里程表
        offer	报价
        office	办公室
        old	旧
        opening	空缺
        operator	操作员
        option	选项
        order	订单
        order number	订单号
        organisation	组织
        organization	组织
        origin	出发地
        original	原
        outcome	结果
        owner	所有者
        package	包裹
        page	页面
        page count	页数
        parcel	包裹
        parent	上级
        park	公园
        parking	停车
        part	部件
        participant	参与者
        partner	合作伙伴
        party	一方
        passenger	乘客
        passport	护照
        passport number	护照号
        password	密码
        patient	患者
        payee	收款人
        payer	付款人
        payment	付款
        payment method	付款方式
        payout	支付
        penalty	罚金
        performance	演出
        period	周期
        permission	权限
        permit	许可
        person	人员
        pet	宠物
        pet name	宠物名字
        pharmacy	药房
        phase	阶段
        phone	电话
        phone call	电话
        phone number	电话号码
        photo	照片
        pickup	取车
        pickup time	取车时间
        picture	图片
        pipeline	流水线
        place	地点
        plan	方案
        plant	植物
        platform	平台
        playback	播放
        player	球员
        playlist	播放列表
        point	积分
        policy	保单
        pool	池
        portfolio	投资组合
        position	岗位
        post	帖子
        postal code	邮政编码
        postcode	邮政编码
        practitioner	医师
        preference	偏好
        prescription	处方
        price	价格
        price band	价格档
        primary	主
        priority	优先级
        priority level	优先级
        procedure	流程
        product	产品
        profile	个人资料
        program	项目
        programme	课程
        progress	进度
        project	项目
        promotion	促销
        property	房产
        proposal	提案
        provider	提供商
        province	省份
        public	公开
        publication	出版
        publication year	出版年份
        publish	发布
        publisher	出版社
        purchase	采购
        purchase order	采购订单
        purpose	用途
        quality	质量
        quantity	数量
        query	查询
        question	问题
        queue	队列
        quota	配额
        quote	报价
        ranking	排名
        rate	费率
        rating	评分
        reading	读数
        reason	原因
        receipt	收据
        receiver	收件人
        recipe	食谱
        recipient	收件人
        record	记录
        reference	参考号
        refund	退款
        region	地区
        registration	登记
        release	发布
        reminder	提醒
        remote	远程
        rent	租金
        rental	租赁
        reorder	补货
        repair	维修
        reply	回复
        report	报告
        repository	代码库
        request	请求
        requester	申请人
        reservation	预订
        reservation date	预订日期
        resident	居民
        resource	资源
        response	响应
        restaurant	餐厅
        result	结果
        resume	简历
        return	退货
        revenue	营收
        review	评价
        reviewer	评审人
        reward	奖励
        rider	骑手
        role	角色
        room	房间
        room number	房间号
        route	路线
        row	行
        rule	规则
        salary	薪资
        salary ceiling	薪资上限
        sale	销售
        sample	样本
        schedule	日程
        school	学校
        score	分数
        screen	屏幕
        season	季节
        seat	座位
        seat number	座位号
        secondary	次要
        secret	密钥
        section	部分
        seller	卖家
        sender	发件人
        sensor	传感器
        sequence	序列
        serial number	序列号
        series	系列
        server	服务器
        service	服务
        session	会话
        setting	设置
        share	份额
        shelf	书架
        shift	班次
        shift date	班次日期
        shift hour	值班时间
        ship	船舶
        shipment	货运
        shipping	配送
        shipping address	收货地址
        shop	商店
        show	演出
        signup	报名
        site	站点
        size	尺寸
        skill	技能
        slot	时段
        snapshot	快照
        song	歌曲
        source	来源
        space	空间
        speaker	演讲者
        speciality	专科
        specialty	专科
        speed	速度
        spot	名额
        sprint	冲刺
        staff	员工
        stage	阶段
        start	开始
        start date	开始日期
        start time	开始时间
        state	状态
        station	站点
        status	状态
        step	步骤
        stock	库存
        stop	站点
        storage	存储
        storage location	储位
        storage size	存储大小
        store	门店
        story	故事
        street	街道
        student	学生
        subject	主题
        subscriber	订阅者
        subscription	订阅
        subtotal	小计
        summary	摘要
        supplier	供应商
        supplier name	供应商名称
        support	支持
        support agent	客服人员
        survey	调查
        symptom	症状
        system	系统
        table	桌位
        tag	标签
        target	目标
        task	任务
        tax	税额
        teacher	教师
        team	团队
        technician	技师
        temperature	温度
        template	模板
        tenant	租户
        term	学期
        test	测试
        text	正文
        theme	主题
        thread	讨论串
        ticket	工单
        tier	等级
        time	时间
        time zone	时区
        timezone	时区
        tip	小费
        title	标题
        token	令牌
        topic	话题
        total	总
        total amount	总金额
        total price	总价
        tour	旅游团
        track	曲目
        tracking number	运单号
        train	列车
        trainer	教练
        training	培训
        transaction	交易
        transfer	转移
        traveler	旅客
        traveller	旅客
        treatment	治疗
        trip	行程
        type	类型
        unit	单元
        unit price	单价
        university	大学
        updated	更新时间
        updated at	更新时间
        url	网址
        usage	用量
        user	用户
        user name	用户名
        username	用户名
        vaccine	疫苗
        value	值
        vehicle	车辆
        vehicle class	车型
        vendor	供应商
        venue	场地
        version	版本
        video	视频
        virtual machine	虚拟机
        visit	就诊
        visitor	访客
        volume	卷
        volunteer	志愿者
        vote	投票
        voucher	代金券
        wage	工资
        wallet	钱包
        ward	病房
        warehouse	仓库
        warranty	保修
        weather	天气
        webhook	网络钩子
        website	网站
        week	周
        weight	重量
        width	宽度
        worker	工人
        workflow	工作流
        workout	健身课
        workout class	健身课程
        workspace	工作区
        year	年份
        zip code	邮政编码
        zone	区域
        """;

    private static readonly FrozenDictionary<string, string> Chinese = Entries.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split('\t')).ToFrozenDictionary(entry => entry[0], entry => entry[1], StringComparer.Ordinal);

    /// <summary>How many entries there are.</summary>
    public static int Count => Chinese.Count;

    /// <summary>The Chinese of one entry; null if there is none.</summary>
    /// <param name="english">One word or two, singular and in lower case.</param>
    public static string? Find(string english) => Chinese.GetValueOrDefault(english);
}
