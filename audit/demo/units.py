"""The demo's department and its subordinate units: invented names, numbers and people."""

import msgspec

from audit.demo.records import Unit

DEPARTMENT = Unit(
    id="department",
    name="示例省交通运输厅",
    short="省交通运输厅",
    functions=(
        "拟订全省公路、水路行业发展规划和政策措施，并监督实施。",
        "承担道路、水路运输市场监管责任，组织实施有关标准和规范。",
        "负责公路、水路建设市场监管，组织协调重点工程建设和工程质量安全监督管理。",
        "指导公路、水路行业安全生产和应急管理工作，组织实施重点物资运输。",
        "指导交通运输信息化建设，监测分析运行情况，承担行业统计和信息发布工作。",
        "指导行业科技、教育、节能减排和交通运输综合行政执法工作。",
    ),
    structure=(
        ("办公室", "机关日常运转、政务公开、信访和督查"),
        ("法制处", "起草规范性文件，承担合法性审查和行政复议应诉"),
        ("规划处", "编制行业规划，提出投资安排建议"),
        ("建设处", "建设市场监管、工程质量和造价管理"),
        ("运输处", "运输市场监管和运输服务质量管理"),
        ("财务审计处", "预决算管理、内部审计和资产管理"),
        ("行政审批处", "行政许可事项受理和办理"),
        ("人事处", "机构编制、干部人事和教育培训"),
    ),
    address="示例省示例市示范区样板路100号",
    hours="星期一至星期五 上午8:30—12:00，下午14:00—17:30（法定节假日除外）",
    phone="0871-65550100",
    fax="0871-65550101",
    postcode="650999",
    mail="office@department.example",
    head="李示例",
    head_title="厅长",
    deputies=(
        ("王示范", "副厅长", "分管规划、建设工作"),
        ("赵范例", "副厅长", "分管运输、安全工作"),
        ("钱样本", "总工程师", "分管科技、信息化工作"),
    ),
)

HIGHWAY = Unit(
    id="highway",
    name="示例省公路局",
    short="省公路局",
    functions=(
        "负责全省普通国道、省道的养护管理和路网运行监测。",
        "组织编制公路养护工程计划，并承担实施过程的监督检查。",
        "负责公路桥梁、隧道技术状况评定和安全运行管理。",
        "承担公路突发事件应急处置和重大活动保通工作。",
        "指导农村公路养护管理的技术工作。",
    ),
    structure=(
        ("办公室", "综合协调、文秘档案、政务公开"),
        ("养护管理处", "养护计划、质量和统计"),
        ("桥隧管理处", "桥梁隧道检查评定和养护"),
        ("路网运行处", "路网监测、出行信息和应急保通"),
        ("财务处", "预算、核算和资产管理"),
        ("人事处", "干部人事、教育培训"),
    ),
    address="示例省示例市示范区养路街28号",
    hours="周一至周五 9:00—12:00，13:30—17:30",
    phone="0871-65550200",
    fax="0871-65550201",
    postcode="650999",
    mail="office@highway.example",
    head="孙示例",
    head_title="局长",
    deputies=(("周示范", "副局长", "分管养护工作"), ("吴范例", "副局长", "分管路网运行工作")),
)

# its guide to disclosure still has the address from before it moved: a planted fault
HIGHWAY_BEFORE = msgspec.structs.replace(HIGHWAY, address="示例省示例市示范区老桥路5号")

# hours and the names of its leaders are planted faults: they stand nowhere
WATERWAY = Unit(
    id="waterway",
    name="示例省航务管理局",
    short="省航务局",
    functions=(
        "负责全省内河航道的规划、建设、养护和管理。",
        "承担水上交通安全监督、船舶检验和船员管理工作。",
        "负责港口和水路运输行业管理，组织实施行业标准。",
        "负责航标设置维护和通航信息发布。",
        "承担水上突发事件应急处置和防治船舶污染监督工作。",
    ),
    structure=(
        ("办公室", "综合协调、政务公开和后勤"),
        ("航道处", "航道养护、航标管理"),
        ("安全监督处", "水上交通安全监督检查"),
        ("港口运输处", "港口和水路运输管理"),
        ("船舶检验处", "船舶检验和船员管理"),
    ),
    address="示例省示例市临水区码头路66号",
    hours="",
    phone="0871-65550300",
    fax="0871-65550301",
    postcode="650998",
    mail="office@waterway.example",
    head="",
    head_title="局长",
    deputies=(
        ("", "副局长（航道）", "协助局长分管航道养护、航标管理和船闸运行工作"),
        ("", "副局长（安全）", "协助局长分管水上交通安全监督、船舶检验和应急工作"),
    ),
)

# its structure is a planted fault: it stands nowhere
ROAD_TRANSPORT = Unit(
    id="road-transport",
    name="示例省道路运输管理局",
    short="省运管局",
    functions=(
        "负责全省道路客货运输的行业管理和服务质量监督。",
        "承担机动车维修、驾驶员培训的行业指导工作。",
        "指导城市公共交通和出租汽车行业管理。",
        "承担道路运输从业人员资格管理和信用评价工作。",
    ),
    structure=(),
    address="示例省示例市示范区客运路9号",
    hours="星期一至星期五 8:30—12:00，14:00—17:30",
    phone="0871-65550400",
    fax="",
    postcode="650997",
    mail="",
    head="陈示例",
    head_title="局长",
)
