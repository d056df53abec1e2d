/** Family names with rough shares per mille; enough for a crowd that looks like one. */
export const familyNames: readonly (readonly [string, number])[] = [
  ['王', 70], ['李', 68], ['张', 64], ['刘', 50], ['陈', 60], ['杨', 28], ['黄', 36], ['赵', 18], ['吴', 24], ['周', 22],
  ['徐', 15], ['孙', 12], ['马', 10], ['朱', 13], ['胡', 13], ['郭', 12], ['何', 15], ['高', 9], ['林', 26], ['罗', 16],
  ['郑', 14], ['梁', 16], ['谢', 13], ['宋', 8], ['唐', 10], ['许', 11], ['韩', 6], ['冯', 9], ['邓', 13], ['曹', 7],
  ['彭', 10], ['曾', 13], ['肖', 9], ['田', 6], ['董', 6], ['袁', 7], ['潘', 9], ['于', 5], ['蒋', 7], ['蔡', 12],
  ['余', 9], ['杜', 6], ['叶', 11], ['程', 7], ['苏', 9], ['魏', 6], ['吕', 6], ['丁', 6], ['任', 5], ['沈', 6],
  ['姚', 6], ['卢', 8], ['姜', 4], ['崔', 3], ['钟', 9], ['谭', 8], ['陆', 6], ['汪', 6], ['范', 5], ['金', 4],
  ['石', 5], ['廖', 9], ['贾', 3], ['夏', 5], ['韦', 6], ['付', 4], ['方', 7], ['邹', 6], ['熊', 5], ['白', 3],
  ['孟', 3], ['秦', 4], ['邱', 7], ['江', 7], ['尹', 4], ['薛', 3], ['段', 3], ['雷', 4], ['侯', 3], ['龙', 4],
  ['史', 3], ['陶', 4], ['黎', 6], ['贺', 3], ['顾', 3], ['毛', 4], ['郝', 2], ['龚', 4], ['邵', 3], ['万', 4],
  ['覃', 4], ['武', 2], ['钱', 3], ['戴', 5], ['严', 4], ['莫', 4], ['孔', 2], ['向', 3], ['温', 4], ['欧阳', 2],
]

/** First and second characters of given names. Two-character given names only: single ones meet the famous too often. */
export const givenFirst: readonly string[] = [
  ...'建国志明文德永春晓海庆嘉俊家玉美丽秀桂凤淑雪梦思雨佳慧婉静若子梓宇浩天泽博睿承景启维仲绍礼荣锦世长正立宗昌',
]
export const givenSecond: readonly string[] = [
  ...'华平强军勇斌辉刚峰林涛波生成根福贵祥宁安康顺和清芳兰英萍娟燕霞琴珍梅莲玲颖莹茹怡琪瑶萱彤涵妍轩霖铭洋航翔凯聪哲毅诚信仁义坤',
]

/** Characters of brands (字号). The two lists are disjoint so that a brand is never a doubled character. */
export const brandFirst: readonly string[] = [
  ...'澜汀泊栖鹭禾屿岑沅溪澄朗昱晟煜珩琅瑾栎桐柘楷棠荇蓁沐润鸿骏驰骁翎翊铂钧铭锐铠镁镕锴嘉励勤笃迈启拓卓',
]
export const brandSecond: readonly string[] = [
  ...'达成隆兴发昌益利丰源盈宝亿凯威宇特科创诺优精捷联合辉耀腾升越顺泽恩瑞康美佳奇晶芯邦力程展博森',
]

/** Place-ish characters of parks, roads and communities; rare enough that few real places are called so. */
export const placeFirst: readonly string[] = [...'澜汀鹭屿泊栖禾沅岑荔蔗菱芦荷荇蘅枫楠榆槐杉棹苇漪澄溪松蕉桐柚']
export const placeSecond: readonly string[] = [...'洲汀湾浦渡坞畔屿桥塘埠庭苑和宁安岗坪围湖']
/** Combinations that do name a known place. */
export const knownPlaces: readonly string[] = ['枫桥', '荷塘', '菱湖', '芦湾', '松桥', '溪湾', '松湖', '桐庭', '澄湖', '槐安', '鹭洲', '枫溪', '桐塘', '松坪', '澄和']

export const parkSuffixes: readonly (readonly [string, number])[] = [
  ['工业园', 30], ['工业区', 26], ['科技园', 18], ['智造园', 10], ['产业园', 12], ['创新园', 6], ['电子产业园', 5],
  ['五金产业园', 4], ['模具园', 3], ['包装产业园', 2], ['电商产业园', 3], ['孵化园', 3], ['家居产业园', 2],
]

export const roadSuffixes: readonly string[] = ['路', '路', '路', '街', '大道', '巷', '一路', '二路', '南路', '北路', '工业路']

/** The eleven streets in the order in which the bureau lists them: seat first, then along the coast, then the hills. */
export const streetNames: readonly string[] = [
  '澜心', '望汀', '栖鹭', '泊湾', '汀屿', '沅埠', '禾桥', '荇沙', '云汀', '北澜', '松岑',
]

export const neighbourStreetName = '宁渡'

/** Words for a shop's sign by kind of place; a brand or a family name goes before it. */
export const shopWords: Readonly<Record<string, readonly string[]>> = {
  SMALL_SHOP: ['便利店', '五金店', '日杂店', '劳保用品店', '文具店', '服装店', '手机店', '水果店', '粮油店', '电动车行', '电动车维修店', '窗帘店', '建材店'],
  SMALL_WORKSHOP: ['制衣加工店', '铝合金加工店', '打印广告店', '家具加工坊', '豆制品坊', '米粉加工坊', '皮具加工坊', '纸箱加工坊'],
  SMALL_ENTERTAINMENT: ['棋牌室', '台球室', '桌游馆', '影咖', '练歌房'],
  STREET_STORE: ['百货店', '烟酒店', '药房', '眼镜店', '家电维修店', '洗衣店', '彩印店', '茶叶店'],
  NINE_SMALL_MALL: ['生活超市', '百货商场', '生鲜市场'],
  NINE_SMALL_CATERING: ['小炒店', '牛肉粉店', '早餐店', '砂锅粥店', '快餐店', '面馆', '烧腊店', '火锅店', '饺子馆', '酸菜鱼馆'],
  NINE_SMALL_HOTEL: ['旅馆', '公寓旅店', '宾馆', '民宿'],
  NINE_SMALL_ENTERTAINMENT: ['歌厅', '网咖', '电玩厅'],
  NINE_SMALL_LEISURE: ['足疗店', '美发店', '茶社', '健身房', '美容院', '清吧'],
  NINE_SMALL_MEDICAL: ['诊所', '口腔门诊部', '护理站', '中医馆'],
  NINE_SMALL_SCHOOL: ['托管中心', '幼儿园', '艺术培训中心'],
  NINE_SMALL_WORKSHOP: ['小五金加工部', '注塑加工部', '模具加工部', '缝纫加工部', '木器加工部'],
  NINE_SMALL_HAZGOODS: ['油漆店', '瓶装气便民点', '烟花零售点', '化工试剂店'],
}
