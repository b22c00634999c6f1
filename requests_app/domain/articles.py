"""The articles that reasons cite, under the short names the code uses for them."""

from __future__ import annotations

from typing import Final

from requests_app.domain.grounds import REGULATION

ART_17: Final = "《政府信息公开条例》第十七条"
ART_30: Final = "《政府信息公开条例》第三十条"
ART_32: Final = "《政府信息公开条例》第三十二条"
ART_33_2: Final = "《政府信息公开条例》第三十三条第二款"
ART_33_3: Final = "《政府信息公开条例》第三十三条第三款"
ART_35: Final = "《政府信息公开条例》第三十五条"
ART_36_4: Final = "《政府信息公开条例》第三十六条第（四）项"
ART_45: Final = "《政府信息公开条例》第四十五条"
FEE_MEASURE: Final = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"


def shortened(citation: str) -> str:
    """Return a citation with the regulation by its short name, as the desk's own pages write it."""
    return citation.replace(REGULATION, "条例")
