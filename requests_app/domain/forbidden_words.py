"""Words no wording of ours may use, each with the reason: they belong to the law as it was.

Only authored text is held against this list; what people write and what we quote may contain anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Words of the repealed regulation of 2007 and of old practice, and why none of them may be printed.
FORBIDDEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "受理": "2019年修订的条例没有受理环节，请用“收到”“办理”“答复”",
        "无效申请": "条例没有“无效申请”，内容不明确的应当告知补正",
        "3个月": "直接起诉的期限是6个月（行政诉讼法第四十六条）",
        "三个月": "直接起诉的期限是6个月（行政诉讼法第四十六条）",
        "用途": "条例不要求说明用途",
        "三需要": "2019年修订的条例已经取消",
        "生产、生活、科研等特殊需要": "2019年修订的条例已经取消",
        "检索费": "不再收取检索、复制、邮寄费用，只能依照109号文件收取信息处理费",
        "复制费": "不再收取检索、复制、邮寄费用，只能依照109号文件收取信息处理费",
        "邮寄费": "不再收取检索、复制、邮寄费用，只能依照109号文件收取信息处理费",
        "15日内答复": "答复期限是20个工作日（条例第三十三条）",
        "15个工作日内答复": "答复期限是20个工作日（条例第三十三条）",
        "视为不同意公开": "第三方逾期未提出意见的，由行政机关决定（条例第三十二条）",
        "条例》第八条": "2007年条例第八条的内容现为第十四条",
        "条例》第二十一条": "2007年条例第二十一条的内容现为第三十六条",
        "条例》第二十四条": "2007年条例第二十四条的内容现为第三十三条",
    }
)
