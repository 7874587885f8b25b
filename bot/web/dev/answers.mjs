/** One answer of every kind, by a word in the question; what is said here is invented. */

const months = Array.from({ length: 12 }, (_, month) => `2025年${month + 1}月`);

const job = (number) => ({
  title: `维修电工（${number}号岗位）`,
  subtitle: "安澜示例机电有限公司",
  rows: [
    { label: "月薪", value: "7,000—9,500元" },
    { label: "地区", value: "南港区" },
    { label: "学历", value: "中专及以上" },
    { label: "人数", value: `${number}人` },
  ],
  note: number === 1 ? "截止2026年12月31日，电话0900-5550101" : undefined,
});

const answers = {
  卡片: {
    text: "找到23个电工岗位。",
    custom: {
      type: "cards",
      lead: "按“电工、南港区”找到23个岗位，先看前5个：",
      title: "招聘岗位",
      items: [1, 2, 3, 4, 5].map(job),
      total: 23,
      more: { title: "再看5个", payload: "更多卡片" },
    },
    buttons: [
      { title: "区不限了", payload: "区不限了" },
      { title: "只看8千以上", payload: "只看8千以上的卡片" },
    ],
  },
  表格: {
    text: "上个月有3笔。",
    custom: {
      type: "table",
      lead: "上个月（2026年10月）您的个人账户有3笔：",
      title: "2026年10月明细",
      columns: ["日期", "类型", "地点", "金额（元）", "余额（元）"],
      rows: [
        ["2026-10-03", "药店购药", "示例大药房东湖店", "-86.50", "3,214.70"],
        ["2026-10-15", "门诊", "安澜市第一人民医院", "-120.00", "3,094.70"],
        ["2026-10-31", "划入", "—", "+210.00", "3,304.70"],
      ],
      source: "安澜市医疗保障局（演示）",
      as_of: "2026-10-31",
    },
  },
  图: {
    text: "统筹基金近12个月结余平稳。",
    custom: {
      type: "chart",
      lead: "职工医保统筹基金最近12个月：",
      title: "统筹基金收入与支出",
      kind: "line",
      unit: "亿元",
      x: months,
      series: [
        { name: "收入", values: [3.1, 3.2, 3.0, 3.3, 3.4, 3.2, 3.5, 3.6, 3.4, null, 3.7, 3.8] },
        { name: "支出", values: [2.9, 2.7, 2.9, 3.0, 3.1, 3.2, 3.1, 3.3, 3.2, 3.3, 3.4, 3.6] },
      ],
      summary: "12个月里收入从3.1亿元升到3.8亿元，支出从2.9亿元升到3.6亿元，多数月份收大于支。",
      source: "安澜市医疗保障局（演示）",
      as_of: "2025-12-31",
    },
  },
  柱: {
    text: "各职业求人倍率。",
    custom: {
      type: "chart",
      lead: "",
      title: "各职业求人倍率",
      kind: "bar",
      unit: "倍",
      x: ["电工", "焊工", "护理员", "会计", "司机"],
      series: [{ name: "求人倍率", values: [1.8, 1.6, 1.5, 0.7, 1.1] }],
      summary: "电工最高，1.8倍；会计最低，0.7倍。",
      source: "安澜市人社局（演示）",
      as_of: "2026年三季度",
    },
  },
  算: {
    text: "大约能报销28,178.50元。",
    custom: {
      type: "calculation",
      lead: "按三级医院、职工医保、退休人员估算：",
      title: "住院报销估算",
      steps: [
        { label: "住院总费用", formula: "", amount: "35,000.00元" },
        { label: "减去起付线", formula: "35,000 − 1,000", amount: "34,000.00元" },
        { label: "按比例报销", formula: "34,000 × 87%", amount: "29,580.00元" },
      ],
      result: { label: "估算报销", amount: "29,580.00元" },
      source: { title: "安澜市基本医疗保险办法（演示）", number: "安政发〔2025〕1号", article: "第十二条" },
      note: "这是估算，以医院结算为准。",
    },
  },
  登录: {
    text: "请先登录：http://localhost:8380/sign-in?t=abc",
    custom: {
      type: "sign_in",
      lead: "账户余额是您的个人信息，请先登录，登录后我马上告诉您。",
      url: "/sign-in?t=abc",
      title: "去登录",
      why: "登录只要身份证号、姓名和手机验证码，约一分钟。",
    },
  },
  链接: { text: "详情见 https://example.org/a?b=1，或打开 /me 查看。\n第二行。javascript:alert(1) <b>不是标记</b>" },
};

/** The answer to a question: text, buttons, custom. */
export function answerTo(text) {
  const word = Object.keys(answers).find((key) => text.includes(key));
  return word ? answers[word] : { text: `您说的是“${text}”。我可以查医保、找工作。`, buttons: undefined };
}
