"""A citizen at a browser: the steps of filing and following, as the pages name them."""

import functools
import io
import re
from datetime import date
from importlib.resources import files
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
WANTED = "2025年金川区老旧小区改造项目清单"
HEIC = Path(__file__).parent.parent / "data" / "photo.heic"

#: How a citizen may come; the whole grid stands in the long run.
WAYS_IN = {
    "phone": {"size": PHONE},
    "desktop": {"size": DESKTOP},
    "phone, no script": {"size": PHONE, "java_script_enabled": False},
    "desktop, no script": {"size": DESKTOP, "java_script_enabled": False},
}


@functools.cache
def axe():
    """Return the rules of axe-core, a script for ``evaluate`` or an ``add_init_script``."""
    return files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def photo(name="身份证.jpg"):
    """Return a small photograph as a browser sends it."""
    drawn = io.BytesIO()
    Image.new("RGB", (600, 400), (200, 210, 220)).save(drawn, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def identity_number(born: date, *, sequence="007"):
    """Return a made-up identity number of this day of birth (GB 11643), in an area of no town."""
    body = f"629999{born:%Y%m%d}{sequence}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    place = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return body + "10X98765432"[place]


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def fits(page):
    """Tell whether nothing sticks out to the right; asking works with script off, too."""
    return page.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth")


def begin(page, site):
    """Come to the first step without looking for anything."""
    page.goto(f"{site}/apply/")
    press(page, "直接申请")


def fill_in_who(page):
    page.get_by_label("姓名或者单位名称").fill("阿依古丽·买买提")
    page.locator("#id_identity_number").fill("11010519491231002X")
    page.get_by_label("手机或者电话").fill("13900000000")
    page.locator("#id_identity_paper").set_input_files(photo())


def finish(page):
    """Go from the first step, filled in, to the receipt; return number and query code."""
    press(page, "下一步：要什么")
    page.get_by_label("要哪些文件、哪些内容").fill(WANTED)
    press(page, "下一步：怎么给您")
    press(page, "下一步：核对提交")
    page.get_by_label("以上内容属实").check()
    press(page, "提交申请")
    expect(page.get_by_role("heading", name="已收到您的申请")).to_be_visible()
    return number_and_code(page)


def file(page, site):
    """File an application by its four steps and stop at the receipt."""
    page.goto(f"{site}/")
    page.get_by_role("link", name=re.compile("我要申请.四步|^我要申请四步")).click()
    press(page, "直接申请")
    fill_in_who(page)
    return finish(page)


def number_and_code(page):
    return page.locator(".keys dd").all_inner_texts()


def follow(page, site, number, code):
    """Open a case by its number and code."""
    page.goto(f"{site}/status/")
    page.get_by_label("申请编号").fill(number)
    page.get_by_label("查询码").fill(code)
    press(page, "查看")
    expect(page.get_by_role("heading", name=number)).to_be_visible()
