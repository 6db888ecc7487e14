namespace AgentScaler.Environments.Materialisation.Values.Locales;

/// <summary>
/// Locales whose scripts put no spaces between names. Their names are our own lists, for Bogus has no romanisation of its own: Hanyu Pinyin without tones, Hepburn without long vowels,
/// Revised Romanization or the customary form of a family name.
/// </summary>
internal static class EastAsianLocales
{
    private static readonly FamilyFirstNames Chinese = new(
        "王 Wang 李 Li 张 Zhang 刘 Liu 陈 Chen 杨 Yang 赵 Zhao 黄 Huang 周 Zhou 吴 Wu 徐 Xu 孙 Sun 胡 Hu 朱 Zhu 高 Gao 林 Lin 何 He 郭 Guo 马 Ma 罗 Luo 梁 Liang 宋 Song 郑 Zheng 谢 Xie 韩 Han 唐 Tang 冯 Feng 董 Dong 程 Cheng 蔡 Cai 邓 Deng 许 Xu",
        "伟 Wei 芳 Fang 敏 Min 静 Jing 丽 Li 强 Qiang 磊 Lei 军 Jun 洋 Yang 勇 Yong 艳 Yan 杰 Jie 娟 Juan 涛 Tao 明 Ming 超 Chao 霞 Xia 平 Ping 刚 Gang 文 Wen 辉 Hui 玲 Ling 华 Hua 建 Jian 宇 Yu 浩 Hao 欣 Xin 雨 Yu 晨 Chen 佳 Jia 梦 Meng 思 Si 博 Bo 志 Zhi 海 Hai 雪 Xue 婷 Ting 天 Tian 秀 Xiu 鹏 Peng",
        syllables: 2);

    private static readonly FamilyFirstNames Japanese = new(
        "佐藤 Sato 鈴木 Suzuki 高橋 Takahashi 田中 Tanaka 伊藤 Ito 渡辺 Watanabe 山本 Yamamoto 中村 Nakamura 小林 Kobayashi 加藤 Kato 吉田 Yoshida 山田 Yamada 佐々木 Sasaki 山口 Yamaguchi 松本 Matsumoto 井上 Inoue 木村 Kimura 清水 Shimizu 山崎 Yamazaki 池田 Ikeda 橋本 Hashimoto 石川 Ishikawa 前田 Maeda 藤田 Fujita",
        "太郎 Taro 健太 Kenta 大輔 Daisuke 翔太 Shota 拓也 Takuya 直樹 Naoki 浩二 Koji 誠 Makoto 和也 Kazuya 智子 Tomoko 陽子 Yoko 裕子 Yuko 美咲 Misaki 愛 Ai 由美 Yumi 恵子 Keiko 真由美 Mayumi 彩 Aya 千尋 Chihiro 結衣 Yui 直美 Naomi 洋介 Yosuke 隆 Takashi 美穂 Miho");

    private static readonly FamilyFirstNames Korean = new(
        "김 Kim 이 Lee 박 Park 최 Choi 정 Jung 강 Kang 조 Cho 윤 Yoon 장 Jang 임 Lim 한 Han 오 Oh 서 Seo 신 Shin 권 Kwon 황 Hwang 안 Ahn 송 Song 류 Ryu 홍 Hong",
        "민준 Minjun 서준 Seojun 도윤 Doyun 예준 Yejun 지호 Jiho 준서 Junseo 현우 Hyeonu 지훈 Jihun 건우 Geonu 우진 Ujin 서연 Seoyeon 서윤 Seoyun 지우 Jiu 하은 Haeun 민서 Minseo 수아 Sua 지민 Jimin 채원 Chaewon 은지 Eunji 영희 Yeonghui 미경 Migyeong 성호 Seongho 동현 Donghyeon 유진 Yujin");

    /// <summary>The locales.</summary>
    public static readonly IReadOnlyList<Locale> All =
    [
        new("zh-CN", Chinese,
        [
            new("杭州", "浙江省", "ZJ", "3100##", "China", "CN", "CHN", "CNY", "Asia/Shanghai", "zh", "86", 30.27, 120.16),
            new("成都", "四川省", "SC", "6100##", "China", "CN", "CHN", "CNY", "Asia/Shanghai", "zh", "86", 30.57, 104.07),
            new("南京", "江苏省", "JS", "2100##", "China", "CN", "CHN", "CNY", "Asia/Shanghai", "zh", "86", 32.06, 118.8),
            new("深圳", "广东省", "GD", "5180##", "China", "CN", "CHN", "CNY", "Asia/Shanghai", "zh", "86", 22.54, 114.06),
        ])
        {
            Streets = ["中山路", "人民路", "解放路", "建设路", "和平路", "新华路", "文化路", "长江路", "学院路", "滨江大道", "光明街", "东风路"],
            StreetForm = "{0}{1}号", MostNumber = 400, Phones = ["+86-###-555-01##"], IsCityFirst = true,
            Companies = [new("{0}科技有限公司", "{0} Technology"), new("{0}贸易有限公司", "{0} Trading"), new("{0}集团", "{0} Group")],
        },
        new("ja-JP", Japanese,
        [
            new("大阪市", "大阪府", "27", "530-00##", "Japan", "JP", "JPN", "JPY", "Asia/Tokyo", "ja", "81", 34.69, 135.5),
            new("札幌市", "北海道", "01", "060-00##", "Japan", "JP", "JPN", "JPY", "Asia/Tokyo", "ja", "81", 43.06, 141.35),
            new("福岡市", "福岡県", "40", "810-00##", "Japan", "JP", "JPN", "JPY", "Asia/Tokyo", "ja", "81", 33.59, 130.4),
        ])
        {
            Streets = ["中央", "本町", "栄町", "緑町", "南町", "桜町", "東町", "大通", "若葉町", "新町"],
            StreetForm = "{0}{1}番地", Phones = ["+81-###-555-01##"], IsCityFirst = true,
            Companies = [new("株式会社{0}", "{0} Co."), new("{0}商事株式会社", "{0} Trading"), new("{0}工業", "{0} Industries")],
        },
        new("ko-KR", Korean,
        [
            new("부산광역시", "부산광역시", "26", "48###", "South Korea", "KR", "KOR", "KRW", "Asia/Seoul", "ko", "82", 35.18, 129.08),
            new("대전광역시", "대전광역시", "30", "34###", "South Korea", "KR", "KOR", "KRW", "Asia/Seoul", "ko", "82", 36.35, 127.38),
            new("광주광역시", "광주광역시", "29", "61###", "South Korea", "KR", "KOR", "KRW", "Asia/Seoul", "ko", "82", 35.16, 126.85),
        ])
        {
            Streets = ["중앙로", "시청로", "대학로", "강변로", "평화로", "역전로", "동백로", "해운대로", "공원로"],
            StreetForm = "{0} {1}", Phones = ["+82-###-555-01##"],
            Companies = [new("주식회사 {0}", "{0} Co."), new("{0}산업", "{0} Industries"), new("{0}무역", "{0} Trading")],
        },
    ];
}
