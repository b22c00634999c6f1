"""The office's own words for every kind of letter: data, no logic.

One line is one paragraph. ``{name}`` is a placeholder. ``{?name}`` at the start of a line prints it
only when the value is filled in, ``{!name}`` only when it is blank; ``# `` and ``## `` mark headings,
``- `` a line of a list. The heads of letters, the remedies and the signature are not written here:
``letters`` puts them in. Articles are of the regulation of 2019 (国务院令第711号).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from requests_app.domain.letter_types import LetterKind

_ASKED: Final = """\
本机关于{received_on}收到{you}以{channel}方式提出的政府信息公开申请（申请编号：{case_number}），申请公开“{request}”。
"""

_ASKED_AND_CORRECTED: Final = (
    _ASKED
    + """\
{?corrected_on}本机关于{corrected_on}收到{you}补正的申请。
"""
)

_GIVEN: Final = """\
{provided}
提供的方式、途径和时间：{how_given}
{?page_count}提供的信息共{page_count}页。
{?different_form_reason}根据《中华人民共和国政府信息公开条例》第四十条的规定，本机关未按申请要求的形式提供，理由是：{different_form_reason}
"""

_AMENDMENT_ASKED: Final = """\
本机关于{received_on}收到{you}以{channel}方式提出的更正政府信息申请（申请编号：{case_number}）。{you}认为{record_name}记录的与{you}自身相关的下列内容不准确，要求更正：
{wrong_content}
"""

_TOLD: Final = "特此告知。\n"

WORDINGS: Final[Mapping[LetterKind, str]] = MappingProxyType(
    {
        LetterKind.RECEIPT: """\
{you}以{channel}方式提出的政府信息公开申请，本机关已经收到并登记。
# 一、登记情况
- 申请编号：{case_number}
- 申请公开的内容：{request}
- 收到申请的日期：{received_on}
根据《中华人民共和国政府信息公开条例》第三十一条的规定，{receipt_rule}
# 二、答复期限
根据《中华人民共和国政府信息公开条例》第三十三条的规定，本机关自收到申请之日起20个工作日内答复。收到当日不计算在内，最晚答复日为{due_on}（含当日）。
{?due_condition}{due_condition}
申请内容需要补正的，本机关自收到申请之日起7个工作日内一次性告知{you}，答复期限自收到补正的申请之日起重新计算；征求第三方和其他机关意见所需时间不计算在答复期限内；需要延长答复期限的，延长的期限最长不超过20个工作日，本机关会在期限届满前告知{you}。
# 三、查询和联系
{?query_code}请凭申请编号和查询码“{query_code}”，在{website}查询办理进度、提交补正材料、领取文书。查询码只提供给{you}，请妥善保管。
{!query_code}请凭申请编号和查询码，在{website}查询办理进度、提交补正材料、领取文书。查询码遗失的，请持有效身份证件与本机关联系。
""",
        LetterKind.CORRECTION: _ASKED
        + """\
经审核，申请的内容尚不明确或者不完整（申请应当包括的内容，见《中华人民共和国政府信息公开条例》第二十九条第二款），需要补正后才能办理。根据《中华人民共和国政府信息公开条例》第三十条的规定，现将需要补正的事项一次性告知如下：
# 一、需要补正的事项
{points}
# 二、怎样补正
{guidance}
补正材料可以凭申请编号和查询码在{website}网上提交，也可以当面递交或者邮寄至{contact_address}（{contact_unit}收），请注明申请编号。
# 三、补正期限
请自收到本告知书之日起{correction_days}个工作日内补正，收到当日不计算在内。按{you}于{assumed_served_on}收到计算，补正的最后一天为{correction_last_day}（含当日）；实际收到日期不同的，最后一天相应变动。
答复期限自本机关收到补正的申请之日起重新计算。无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。有正当理由不能按期补正的，请及时告诉本机关。
"""
        + _TOLD,
        LetterKind.EXTENSION: _ASKED_AND_CORRECTED
        + """\
经审查，本机关不能在{due_on}以前（含当日）作出答复，理由如下：
{reason}
根据《中华人民共和国政府信息公开条例》第三十三条第二款的规定，经本机关政府信息公开工作机构负责人同意，答复期限延长{days}个工作日，延长后的答复期限为{new_due_on}（含当日）。本机关将抓紧办理，能够提前答复的，提前答复。
{?due_condition}{due_condition}
"""
        + _TOLD,
        LetterKind.CONSULT_THIRD_PARTY: """\
本机关正在办理一件政府信息公开申请（编号：{case_number}），申请公开的信息中有以下内容与{you}有关：
{subject}
{?interest}经初步审查，公开上述内容可能损害{you}的合法权益：{interest}
{!interest}经初步审查，公开上述内容可能损害{you}的合法权益。
根据《中华人民共和国政府信息公开条例》第十五条、第三十二条的规定，现书面征求{you}的意见：是否同意公开上述内容。不同意公开的，请说明理由，并指明是哪些内容。
请自收到本征询书之日起15个工作日内提出意见，收到当日不计算在内。逾期未提出意见的，由本机关依照《中华人民共和国政府信息公开条例》的规定决定是否公开。{you}不同意公开且有合理理由的，本机关不予公开；本机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，并将决定公开的内容和理由书面告知{you}。
意见可以填写下面的回执，也可以另行书面提出，请送交或者邮寄至{contact_address}（{contact_unit}收）。
# 意见回执
- 对编号{case_number}征求意见事项，意见如下（请选择一项）：
- □同意公开　　□部分同意公开　　□不同意公开
- 不同意公开的内容和理由：
- ＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿
- ＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿
- 签名或者盖章：＿＿＿＿＿＿　　＿＿年＿＿月＿＿日
""",
        LetterKind.CONSULT_NOTICE: _ASKED_AND_CORRECTED
        + """\
{?consulted_on}因办理需要，本机关于{consulted_on}发出文书，书面征求{consulted}的意见。
{!consulted_on}因办理需要，本机关书面征求{consulted}的意见。
根据《中华人民共和国政府信息公开条例》第三十三条第三款的规定，征求第三方和其他机关意见所需时间不计算在答复期限内。收到意见或者征求意见的期限届满后，答复期限继续计算。
"""
        + _TOLD,
        LetterKind.CONSULT_CO_MAKER: """\
本机关正在办理一件政府信息公开申请（编号：{case_number}），其中涉及本机关牵头、与{you}共同制作的以下政府信息：
{subject}
{?office_view}本机关的初步意见是：{office_view}
根据《中华人民共和国政府信息公开条例》第三十四条的规定，现征求{you}对公开上述政府信息的意见。请自收到本函之日起15个工作日内书面提出意见，收到当日不计算在内；不同意公开的，请说明理由和依据。逾期未提出意见的，视为同意公开。
请予支持。
""",
        LetterKind.CONSULT_ORGAN: """\
本机关正在办理一件政府信息公开申请（编号：{case_number}），其中涉及{you}的以下政府信息：
{subject}
根据《中华人民共和国政府信息公开条例》第十一条的规定，公开政府信息涉及其他机关的，应当与有关机关协商、确认，保证公开的政府信息准确一致。现就以下事项与{you}协商、确认：
{?questions}{questions}
{!questions}上述政府信息是否准确，可否公开；不宜公开的，请说明理由和依据。
请自收到本函之日起15个工作日内函复。{you}未函复的，由本机关依法决定是否公开，不作为{you}已经同意处理。
请予支持。
""",
        LetterKind.THIRD_PARTY_DECISION: """\
本机关于{consulted_on}就一件政府信息公开申请（编号：{case_number}）书面征求{you}的意见。{position_summary}
经审查，本机关认为不公开有关内容可能对公共利益造成重大影响。根据《中华人民共和国政府信息公开条例》第十五条、第三十二条的规定，本机关决定予以公开，现将决定公开的内容和理由告知{you}：
# 一、决定公开的内容
{subject}
# 二、公开的理由
{reason}
{?release_on}本机关将于{release_on}向申请人提供上述内容。
""",
        LetterKind.REASONS: _ASKED_AND_CORRECTED
        + """\
经统计，{counts}
上述申请的数量、频次明显超过合理范围。根据《中华人民共和国政府信息公开条例》第三十五条的规定，请{you}自收到本通知书之日起{reasons_days}个工作日内书面说明理由，收到当日不计算在内。
申请理由不合理的，本机关将告知{you}不予处理；申请理由合理，但是无法在《中华人民共和国政府信息公开条例》第三十三条规定的期限内答复的，本机关将确定延迟答复的合理期限并告知{you}。等待说明理由的时间计算在答复期限内。
特此通知。
""",
        LetterKind.DELAY: _ASKED_AND_CORRECTED
        + """\
因申请的数量、频次明显超过合理范围，本机关要求{you}说明了理由。经审查，申请理由合理，但是本机关无法在《中华人民共和国政府信息公开条例》第三十三条规定的期限内答复，原因如下：
{reason}
根据《中华人民共和国政府信息公开条例》第三十五条的规定，本机关确定延迟答复的期限为{until}（含当日）。
"""
        + _TOLD,
        LetterKind.FEE: _ASKED_AND_CORRECTED
        + """\
申请公开政府信息的数量、频次明显超过合理范围的，行政机关可以收取信息处理费。{you}的申请已经超过收费标准中不收费的范围。根据《中华人民共和国政府信息公开条例》第四十二条和《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）的规定，本机关决定对本件申请收取信息处理费，现通知如下：
# 一、收费依据和标准
本件申请{fee_mode}，依据是{fee_basis}。{fee_standard}
# 二、收费数额
{fee_rows}
以上合计人民币{amount}元。
# 三、缴纳方式
{payment_method}
# 四、缴纳期限
请自收到本通知书次日起20个工作日内缴纳。逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请。答复期限自{you}完成缴费次日起重新计算。
希望缩小申请范围，或者改为到现场查阅、抄录的，请在缴纳期限内与本机关联系。
""",
        LetterKind.FEE_WITHDRAWAL: _ASKED_AND_CORRECTED
        + """\
本机关就该申请发出的信息处理费收费通知书（{notice_number}）收费有误，现予撤销。原因如下：
{reason}
根据《中华人民共和国政府信息公开条例》第四十二条和《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）的规定，{you}不需要缴纳该通知书所列的信息处理费。计算答复期限时，视同没有发出过该通知书。
{?refund_words}{refund_words}
{?due_on}该申请继续办理，答复期限为{due_on}（含当日）。
{?due_condition}{due_condition}
"""
        + _TOLD,
        LetterKind.ALREADY_PUBLIC: _ASKED_AND_CORRECTED
        + """\
经审查，{you}申请公开的信息已经主动公开。根据《中华人民共和国政府信息公开条例》第三十六条第（一）项的规定，现将获取该政府信息的方式、途径告知如下：
{where_public}
查找中遇到困难的，请与本机关联系。
""",
        LetterKind.DISCLOSED: _ASKED_AND_CORRECTED
        + """\
经审查，{you}申请公开的信息可以公开。根据《中华人民共和国政府信息公开条例》第三十六条第（二）项的规定，现向{you}提供下列政府信息：
"""
        + _GIVEN,
        LetterKind.PARTIAL: _ASKED_AND_CORRECTED
        + """\
经审查，{you}申请公开的信息中，一部分可以公开，一部分不予公开，能够作区分处理。根据《中华人民共和国政府信息公开条例》第三十六条第（二）项、第（三）项和第三十七条的规定，现答复如下：
# 一、公开的内容
"""
        + _GIVEN
        + """\
# 二、不予公开的内容和理由
{withheld_parts}
{?banning_law}法律、行政法规禁止公开的依据是{banning_law}。
{?third_party_position}本机关已依照《中华人民共和国政府信息公开条例》第三十二条的规定书面征求第三方意见，{third_party_position}
""",
        LetterKind.WITHHELD: _ASKED_AND_CORRECTED
        + """\
经审查，{you}申请公开的信息{ground_sentence}。根据《中华人民共和国政府信息公开条例》{ground_article}的规定，此类信息{ground_consequence}。
{?banning_law}禁止公开的依据是{banning_law}。
{?third_party_position}本机关已依照《中华人民共和国政府信息公开条例》第三十二条的规定书面征求第三方意见，{third_party_position}
不予公开的理由如下：
{reason}
根据《中华人民共和国政府信息公开条例》第三十六条第（三）项的规定，本机关决定对{you}申请公开的信息不予公开。
""",
        LetterKind.NOT_EXIST: _ASKED_AND_CORRECTED
        + """\
收到申请后，本机关于{searched_on}进行了检索，情况如下：
检索范围：{search_scope}
检索方法和结果：{search_means}
经检索，没有找到{you}申请公开的信息。根据《中华人民共和国政府信息公开条例》第三十六条第（四）项的规定，现告知{you}该政府信息不存在。
{you}如有其他线索，例如文件名称、文号或者制作时间，可以提供给本机关，也可以重新提出申请。
""",
        LetterKind.NOT_OURS: _ASKED_AND_CORRECTED
        + """\
经审查，{you}申请公开的信息不属于本机关负责公开，理由如下：
{reason}
{?organ_name}根据《中华人民共和国政府信息公开条例》第十条、第三十六条第（五）项的规定，现告知{you}：负责公开该政府信息的行政机关是{organ_name}，联系方式：{organ_contact}。请向该机关提出申请。
{!organ_name}根据《中华人民共和国政府信息公开条例》第十条、第三十六条第（五）项的规定，现予告知。本机关目前无法确定负责公开该政府信息的行政机关。
""",
        LetterKind.REPEATED: _ASKED_AND_CORRECTED
        + """\
经审查，{you}此前申请公开相同的政府信息，本机关已于{earlier_on}作出答复（{earlier_number}）。根据《中华人民共和国政府信息公开条例》第三十六条第（六）项的规定，对本件申请不予重复处理。
需要前一次答复副本的，请与本机关联系。
""",
        LetterKind.OTHER_LAW: _ASKED_AND_CORRECTED
        + """\
经审查，{you}申请公开的信息属于{information_type}，{law_name}对该信息的获取有特别规定。根据《中华人民共和国政府信息公开条例》第三十六条第（七）项的规定，请{you}依照上述规定办理：
{where_to_go}
""",
        LetterKind.NEEDS_PROCESSING: _ASKED_AND_CORRECTED
        + """\
经审查，本机关没有制作或者获取现成的该项信息，提供该信息需要对现有政府信息进行加工、分析，具体情况如下：
{reason}
根据《中华人民共和国政府信息公开条例》第三十八条的规定，行政机关向申请人提供的信息，应当是已制作或者获取的政府信息；除能够作区分处理的外，需要对现有政府信息进行加工、分析的，可以不予提供。据此，本机关对{you}申请的信息不予提供。
需要了解本机关现有哪些相关政府信息的，请与本机关联系，{you}可以就现有政府信息另行提出申请。
""",
        LetterKind.PETITION: _ASKED_AND_CORRECTED
        + """\
经审查，该申请是以政府信息公开申请的形式进行信访、投诉、举报等活动，理由如下：
{reason}
根据《中华人民共和国政府信息公开条例》第三十九条第一款的规定，现告知{you}，该申请不作为政府信息公开申请处理。
{?proper_channel}{you}可以通过以下渠道提出：{proper_channel}
""",
        LetterKind.PUBLICATION: _ASKED_AND_CORRECTED
        + """\
经审查，{you}申请公开的{publication}是公开出版物。根据《中华人民共和国政府信息公开条例》第三十九条第二款的规定，现将获取的途径告知如下：
{where_to_get}
""",
        LetterKind.EXCESSIVE: _ASKED_AND_CORRECTED
        + """\
因申请的数量、频次明显超过合理范围，本机关于{reasons_asked_on}通知{you}说明理由。
{?applicant_reasons}{you}说明的理由是：{applicant_reasons}
{!applicant_reasons}在规定的期限内，{you}没有说明理由。
经审查，申请理由不合理：
{reason}
根据《中华人民共和国政府信息公开条例》第三十五条的规定，本机关对该申请不予处理。
""",
        LetterKind.RECONFIRMATION: _ASKED_AND_CORRECTED
        + """\
经审查，{you}申请的事项是要求本机关确认或者重新出具已经获取的信息，具体情况如下：
{reason}
根据《中华人民共和国政府信息公开条例》第二条的规定，政府信息是行政机关在履行行政管理职能过程中制作或者获取的，以一定形式记录、保存的信息。{you}申请的事项不是获取此类信息，本机关不予处理。
""",
        LetterKind.STILL_UNCLEAR: """\
本机关于{received_on}收到{you}以{channel}方式提出的政府信息公开申请（申请编号：{case_number}），申请公开“{request}”。因申请内容不明确，本机关告知{you}补正，并于{corrected_on}收到补正的申请。
经审查，补正后申请内容仍不明确，本机关不能据此确定{you}所需的政府信息：
{unclear_points}
根据《中华人民共和国政府信息公开条例》第二十九条第二款第（二）项和第三十条的规定，本机关无法提供{you}所需的政府信息。
{you}可以写明政府信息的名称、文号或者便于查询的其他特征后重新提出申请，本机关工作人员可以提供帮助。
""",
        LetterKind.OTHER_ANSWER: _ASKED_AND_CORRECTED
        + """\
经审查，{finding}
根据{answer_basis}的规定，现答复如下：
{handling}
""",
        LetterKind.LAPSE_CORRECTION: _ASKED
        + """\
本机关作出的补正告知书（{notice_number}）于{notice_served_on}送达{you}，补正期限于{period_ended_on}届满。期限届满时，本机关没有收到{you}补正的申请，也没有收到逾期的正当理由。
根据《中华人民共和国政府信息公开条例》第三十条的规定，视为{you}放弃申请，本机关不再处理该政府信息公开申请。
{you}仍需要该政府信息的，可以随时重新提出申请。
""",
        LetterKind.LAPSE_FEE: _ASKED_AND_CORRECTED
        + """\
本机关作出的收费通知书（{notice_number}）于{notice_served_on}送达{you}，缴纳期限于{period_ended_on}届满。期限届满时，{you}没有缴纳信息处理费。
根据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）的规定，视为{you}放弃申请，本机关不再处理该政府信息公开申请。
{you}仍需要该政府信息的，可以重新提出申请。
""",
        LetterKind.WITHDRAWAL: _ASKED_AND_CORRECTED
        + """\
{you}于{withdrawn_on}提出撤回该申请。经核实，本机关予以确认，该申请不再办理。
{you}以后需要该政府信息的，可以重新提出申请。
特此确认。
""",
        LetterKind.AMENDMENT_RECEIPT: """\
{you}以{channel}方式提出的更正政府信息申请，本机关已经收到并登记。
# 一、登记情况
- 申请编号：{case_number}
- 要求更正的内容：{request}
- 收到申请的日期：{received_on}
# 二、办理和答复
《中华人民共和国政府信息公开条例》第四十一条没有规定办理更正申请的天数。本机关给自己定的答复日期为{due_on}（含当日），收到当日不计算在内。
{?due_condition}{due_condition}
经核实确属记录不准确、本机关有权更正的，予以更正并告知{you}；不属于本机关职能范围的，转送有权更正的行政机关处理并告知{you}，或者告知{you}向有权更正的行政机关提出。
# 三、查询和联系
{?query_code}请凭申请编号和查询码“{query_code}”，在{website}查询办理进度、领取文书。查询码只提供给{you}，请妥善保管。
{!query_code}请凭申请编号和查询码，在{website}查询办理进度、领取文书。查询码遗失的，请持有效身份证件与本机关联系。
""",
        LetterKind.AMENDED: _AMENDMENT_ASKED
        + """\
经核实，{record_finding}
根据《中华人民共和国政府信息公开条例》第四十一条的规定，本机关已于{amended_on}予以更正，更正后的内容如下：
{corrected_content}
"""
        + _TOLD,
        LetterKind.AMENDMENT_REFUSED: _AMENDMENT_ASKED
        + """\
经核实，{record_finding}
根据《中华人民共和国政府信息公开条例》第四十一条的规定，申请更正的，应当有证据证明记录不准确。本机关对上述内容不予更正，理由如下：
{reason}
{you}有新的证据的，可以重新提出更正申请。
""",
        LetterKind.AMENDMENT_PASSED_ON: _AMENDMENT_ASKED
        + """\
经审查，上述内容不属于本机关职能范围，有权更正的行政机关是{organ_name}，联系方式：{organ_contact}。
{?passed_on}根据《中华人民共和国政府信息公开条例》第四十一条的规定，本机关已于{passed_on}将{you}的申请转送该机关处理。
{!passed_on}根据《中华人民共和国政府信息公开条例》第四十一条的规定，请{you}向该机关提出更正申请。
"""
        + _TOLD,
    }
)
