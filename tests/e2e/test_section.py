"""The section in a browser: fits every width, works by keyboard, without script, in large, on paper.

The grids over every page, scheme and width run in the long run; a page or two of each every day.
"""

import pytest
from playwright.sync_api import expect

from tests import public_pages
from tests.e2e.citizen import DESKTOP, PHONE, axe

pytestmark = pytest.mark.django_db(transaction=True)

EVERY_DAY = ("/", public_pages.OPEN["deadlines"][1])
SCHEMES = ("", "wb", "by", "yb", "ky")

#: Every element that bears words of its own, and how large they are drawn.
TEXT_SIZES = """() => {
  const small = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (element.closest(".visually-hidden, .skip-link, script, option, [aria-hidden=true]")) continue;
    const drawing = element.closest("svg");
    const scale = drawing ? drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size < LEAST - 0.01) small.push([element.className || element.tagName, size]);
  }
  return small;
}"""

#: Everything that is pressed, with the size of what a finger can hit; links inside a sentence
#: are as large as its line (WCAG 2.5.8 and the 适老化 rules both leave them out).
TARGETS = """() => {
  const small = [];
  for (const element of document.querySelectorAll("a, button, summary, input, select, textarea")) {
    if (!element.checkVisibility() || element.closest(".skip-link, .visually-hidden")) continue;
    if (element.type === "hidden") continue;
    const style = getComputedStyle(element);
    const inSentence = style.display === "inline" && element.parentElement.innerText.trim()
      !== element.innerText.trim();
    if (inSentence) continue;
    const check = element.matches("[type=radio], [type=checkbox]") ? element.closest(".form-check, label") : element;
    const box = (check || element).getBoundingClientRect();
    if (Math.min(box.height, LEAST) < LEAST - 0.5) small.push([element.innerText || element.name, box.height]);
  }
  return small;
}"""


def overflow(page):
    return page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def daily(addresses):
    """Mark all but the pages of every day as long."""
    return [
        pytest.param(each, marks=() if each in EVERY_DAY else pytest.mark.long)
        for each in addresses
    ]


# --- Width, size, targets -----------------------------------------------------------------------------


@pytest.mark.parametrize("address", daily(public_pages.addresses()))
def test_nothing_sticks_out_at_any_width_or_size(site, open_page, address):
    page = open_page()
    found = []
    for look in ("size=&zoom=", "size=elder&zoom=", "size=&zoom=2"):
        page.goto(f"{site}/look/?{look}&back=/")
        for width in (320, 390, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(site + address)
            if wide := overflow(page):
                found.append((look, width, wide))

    assert found == []


@pytest.mark.parametrize("address", daily(public_pages.addresses()))
def test_the_large_version_is_large(site, open_page, address):
    page = open_page()
    page.goto(f"{site}/look/?size=elder&back=/")
    found = []
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        page.goto(site + address)
        found += page.evaluate(TEXT_SIZES.replace("LEAST", "18"))
        found += page.evaluate(TARGETS.replace("LEAST", "60"))

    assert found == []


@pytest.mark.parametrize("address", daily(public_pages.addresses()))
def test_targets_can_be_hit_in_the_plain_version(site, open_page, address):
    page = open_page()
    page.goto(site + address)

    assert page.evaluate(TARGETS.replace("LEAST", "24")) == []
    assert page.evaluate(TEXT_SIZES.replace("LEAST", "13")) == []


# --- Keyboard -----------------------------------------------------------------------------------------


#: Where the focus is: a name for it, whether it is on the screen, and whether one can see it.
FOCUS = """() => {
  const here = document.activeElement;
  if (here === document.body) return null;
  here.dataset.place ??= String(document.querySelectorAll("[data-place]").length + 1);
  const box = here.getBoundingClientRect();
  const style = getComputedStyle(here);
  return {
    place: here.dataset.place,
    name: (here.innerText || here.name || here.id || here.tagName).trim().slice(0, 30),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    ring: parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none",
  };
}"""

REACHABLE = """() => [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
  .filter((each) => each.checkVisibility() && each.tabIndex >= 0 && !each.disabled
    && each.type !== "hidden"
    && !(each.type === "radio" && !each.checked && document.querySelector(`[name="${each.name}"]:checked`)))
  .length"""


def walk(page):
    """Press Tab through the page; return what had the focus, and what of it could not be seen."""
    met, unseen = [], []
    for _ in range(400):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUS)
        if here is not None and met and here["place"] == met[-1]:
            continue  # a date is one field with a stop for each of its parts
        if here is None or here["place"] in met:
            break
        met.append(here["place"])
        if not (here["seen"] and here["ring"]):
            unseen.append(here)
    return len(met), unseen


@pytest.mark.parametrize("address", daily(public_pages.addresses()))
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_keyboard_reaches_everything_and_shows_where_it_is(site, open_page, address, size):
    page = open_page(size)
    page.goto(site + address)
    page.wait_for_load_state()

    reached, unseen = walk(page)

    assert unseen == []
    assert reached >= page.evaluate(REACHABLE)


def test_the_first_tab_leads_past_the_menus(site, open_page):
    page = open_page(DESKTOP)
    page.goto(f"{site}/faq/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_the_menu_of_looks_closes_with_escape(site, open_page):
    page = open_page()
    page.goto(f"{site}/")
    menu = page.locator("details[data-menu]")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="大鼠标")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="大鼠标")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


# --- Without script, on paper, aloud ------------------------------------------------------------------


def test_a_date_is_computed_without_script(site, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/")
    page.get_by_role("link", name="算一算我的日期").click()
    page.locator("#id_on0").fill("2026-09-21")
    page.locator("#id_what1").select_option("extended")
    page.get_by_role("button", name="再加一件事").click()
    page.locator("#id_on1").fill("2026-10-20")
    page.locator("#id_days1").fill("15")
    page.locator("#id_what2").select_option("extension_notified")
    page.locator("#id_on2").fill("2026-10-21")
    page.get_by_role("button", name="算一算", exact=True).last.click()

    expect(page.locator(".date-card .big")).to_contain_text("11月16日")
    page.get_by_role("link", name="这个结果的网址").click()
    expect(page.locator(".date-card .big")).to_contain_text("11月16日")


def test_return_computes_and_removes_nothing(site, open_page):
    page = open_page()
    page.goto(f"{site}/deadlines/")
    page.locator("#id_on0").fill("2026-09-21")

    page.locator("#id_on0").press("Enter")

    expect(page.locator(".date-card .big")).to_contain_text("10月26日")


def test_only_the_fields_of_an_event_are_shown(site, open_page):
    page = open_page()
    page.goto(f"{site}/deadlines/")
    expect(page.locator("#id_days1")).to_be_hidden()

    page.locator("#id_what1").select_option("extended")
    expect(page.locator("#id_days1")).to_be_visible()
    page.locator("#id_what1").select_option("consult_sent")
    expect(page.locator("#id_days1")).to_be_hidden()
    expect(page.locator("#id_to1")).to_be_visible()


def test_a_slip_takes_the_focus_and_leads_to_its_field(site, open_page):
    page = open_page()
    page.goto(f"{site}/deadlines/?what0=received&on0=")

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.locator("#id_on0")).to_be_focused()


@pytest.mark.parametrize("address", daily(public_pages.addresses()))
def test_paper_bears_the_content_and_no_menus(site, open_page, address):
    page = open_page({"width": 794, "height": 1123})
    page.goto(site + address)
    page.emulate_media(media="print")

    expect(page.locator("h1")).to_be_visible()
    for menu in (".tools", ".main-nav", ".trail", ".foot-links"):
        expect(page.locator(menu).first).to_be_hidden()
    assert overflow(page) <= 0


@pytest.mark.parametrize("address", daily(public_pages.addresses()))
def test_a_page_asks_only_its_own_host_and_breaks_no_policy(site, open_page, address):
    page, asked, told = open_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.goto(site + address)
    page.wait_for_load_state("networkidle")

    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert told == []


VOICE = """
  const said = [];
  class Said { constructor(words) { this.words = words; } }
  window.SpeechSynthesisUtterance = Said;
  Object.defineProperty(window, "speechSynthesis", { value: {
    paused: false,
    speak(one) { said.push([one.lang, one.words]); if (said.length < 4) setTimeout(() => one.onend()); },
    pause() { this.paused = true; }, resume() { this.paused = false; }, cancel() {},
  } });
  window.said = said;
"""


def test_a_page_is_read_aloud_paused_and_stopped(site, open_page):
    page = open_page()
    page.add_init_script(VOICE)
    page.goto(f"{site}/en/")
    expect(page.get_by_role("button", name="暂停")).to_be_hidden()

    page.get_by_role("button", name="朗读本页").click()

    page.wait_for_function("() => window.said.length === 4")
    assert page.evaluate("() => window.said[0]") == ["en", "Asking for government information"]
    assert page.locator(".being-read").count() == 1
    page.get_by_role("button", name="暂停").click()
    assert page.evaluate("() => speechSynthesis.paused")
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="停止").click()
    expect(page.get_by_role("button", name="朗读本页")).to_be_focused()
    assert page.locator(".being-read").count() == 0


def test_a_browser_without_a_voice_shows_no_button(site, open_page):
    page = open_page()
    page.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
    page.goto(f"{site}/")

    expect(page.get_by_role("button", name="朗读本页")).to_be_hidden()


def test_forced_colours_and_less_motion_are_kept(site, open_page):
    page = open_page(forced_colors="active", reduced_motion="reduce")
    page.goto(f"{site}/flow/")

    moving = page.locator(".main-nav a").first.evaluate(
        "link => getComputedStyle(link).transitionDuration"
    )
    assert set(moving.split(", ")) <= {"0s", "0ms"}
    expect(page.locator(".flow")).to_be_visible()


def test_larger_words_and_pointer_stay_and_combine(site, open_page):
    page = open_page(DESKTOP)
    page.goto(f"{site}/faq/")
    plain = page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)")
    for choice in ("再放大", "大鼠标", "蓝底黄字白链接"):
        page.get_by_text("无障碍", exact=True).click()
        page.get_by_role("link", name=choice).click()

    page.goto(f"{site}/status/")

    look = page.evaluate(
        "() => [parseFloat(getComputedStyle(document.body).fontSize), document.documentElement.dataset.theme,"
        " getComputedStyle(document.body).cursor.includes('pointer.svg')]"
    )
    assert look == [plain * 1.5, "by", True]


# --- The rules of axe, a page or two every day; every page and scheme in test_axe_section -------------


@pytest.mark.parametrize("address", EVERY_DAY)
@pytest.mark.parametrize("look", ["scheme=", "scheme=ky", "scheme=&size=elder"])
def test_axe_finds_nothing_on_the_pages_of_every_day(site, open_page, address, look):
    page = open_page()
    page.goto(f"{site}/look/?{look}&back=/")
    page.goto(site + address)
    page.evaluate(axe())

    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]

    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
