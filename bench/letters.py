"""How fast a letter is drawn, and whether a worker that draws a thousand grows.

    ./jc bench letters [--rounds 3] [--fonts FOLDER]

One letter of one page and one of three, in the form that is archived (PDF/A-3a, PDF/UA-1, seal, code,
case data; the signature apart), side by side, each way in processes of its own and in turns:

- ours: `pdf.render_letter`, a warm renderer;
- naive: the same words by `HTML(string).write_pdf()` in-process, fonts by @font-face, the fonts of
  Debian as they are (FandolFang, Noto Serif CJK; from `--fonts` or the system) where they are found;
- a process for each letter, the naive call in it;
- typst, where it is installed: the same letter in the same archival form (`letters.typ`).

Compared is processor time, of the renderer too, so that a busy machine does not decide; what one
waits is printed beside. Then 1,000 letters on two workers. Ends with status 1 where a target is missed.
"""

import argparse
import io
import itertools
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

MOST = {"one page": 7.0, "three pages": 4.0, "a process each": 30.0}
TYPST = 2.2
GROWTH = 0.10
LETTERS, WORKERS, WARM = 1000, 2, 100
NAMES = ("王玥", "李堃", "张祎", "欧阳芃", "赵婳", "陈志国", "刘建华")
SENTENCE = (
    "本机关于2026年10月23日收到您提交的政府信息公开申请，您申请公开“2024年度第{}批老旧小区改造项目"
    "资金使用情况”。根据《中华人民共和国政府信息公开条例》第三十六条第（二）项之规定，现答复如下："
)


def letter(number: int, *, pages: int) -> dict[str, Any]:
    """One letter, different from the last one in name, number and what was asked for.

    As in life: a typesetter that remembers paragraphs would otherwise set the first one alone.
    """
    sentences = (SENTENCE.format(f"{number}之{part}") for part in itertools.count(1))
    paragraphs = [{"text": next(sentences), "style": "body"}]
    if pages > 1:
        for heading in ("一、关于项目", "二、关于资金", "三、关于时间"):
            paragraphs.append({"text": heading, "style": "h1"})
            paragraphs += [{"text": "（一）经过", "style": "h2"}]
            paragraphs += [{"text": next(sentences), "style": "body"} for _ in range(3)]
    return {
        "title": "政府信息公开申请答复书",
        "issuer": "金昌市人民政府办公室",
        "number": f"金政办公开告〔2026〕{number}号",
        "addressee": NAMES[number % len(NAMES)],
        "paragraphs": paragraphs,
        "remedies": ["如对本答复不服，可以自收到本答复书之日起60日内申请行政复议。"],
        "attachments": ["情况表"],
        "signer": "金昌市人民政府办公室",
        "dated_on": "2026-11-20",
        "contact": "联系人：张祎，联系电话：0935-8212345",
    }


def marks() -> Any:
    from requests_app.adapters import pdf

    return pdf.Marks(
        seal=pdf.draw_demo_seal("金昌市人民政府办公室"),
        scan_url="https://disclosure.example.cn/verify/K7QF2M9XA4TBN/",
        verify_code="K7QF-2M9XA-4TBN",
    )


FACTS = {"number": "金政办公开告〔2026〕12号", "case_number": "2026-0184"}


# --- The ways, each in a process of its own ------------------------------------------------------


def ours() -> Any:
    from requests_app.adapters import pdf

    bearing = marks()
    return lambda text: pdf.render_letter(text, facts=FACTS, marks=bearing)


def naive() -> Any:
    import weasyprint

    from requests_app.adapters.pdf import sheet

    files = json.loads(os.environ["BENCH_FONTS"])
    faces = "".join(
        f'@font-face{{font-family:{family};src:url("file://{path}")}}'
        for family, path in files.items()
    )
    style = f"<style>{faces}{sheet.stylesheet()}p{{white-space:normal;text-align:justify}}</style>"
    bearing = marks()

    def draw(text: dict[str, Any]) -> bytes:
        html = sheet.letter_html(text, draft=False, marks=bearing)
        html = re.sub(r"<p[ >].*?</p>", lambda found: flowing(found.group()), html, flags=re.DOTALL)
        drawn: bytes = weasyprint.HTML(string=html.replace("</head>", f"{style}</head>")).write_pdf(
            pdf_variant="pdf/a-3a",
            attachments=[weasyprint.Attachment(string=json.dumps(FACTS), name="case.json")],
        )
        return drawn

    return draw


def flowing(paragraph: str) -> str:
    """Take our line ends out: the naive way lets the engine break lines."""
    return re.sub(r"</?span[^>]*>|\n", "", paragraph)


def typst_way() -> Any:
    import typst

    from requests_app.adapters.pdf import fonts
    from requests_app.adapters.pdf import marks as drawings

    bearing = marks()
    source = (ROOT / "bench" / "letters.typ").read_bytes()

    def draw(text: dict[str, Any]) -> bytes:
        drawn: bytes = typst.compile(
            source,
            font_paths=[str(fonts.EVERYDAY_FOLDER)],
            ignore_system_fonts=True,
            pdf_standards=["a-3a"],
            sys_inputs={
                "letter": json.dumps(text),
                "facts": json.dumps(FACTS),
                "seal": bearing.seal,
                "code": drawings.draw_code(bearing.scan_url),
            },
        )
        return drawn

    return draw


WAYS = {"ours": ours, "naive": naive, "typst": typst_way}


def work(way: str, *, pages: int, count: int) -> None:
    """Draw `count` letters after the first; print milliseconds each and memory as JSON."""
    prepare()
    draw = WAYS[way]()
    draw(letter(0, pages=pages))
    each: list[float] = []
    used: list[float] = []
    after_warming = 0
    for number in range(1, count + 1):
        start, busy = time.perf_counter(), processor()
        content = draw(letter(number, pages=pages))
        each.append((time.perf_counter() - start) * 1000)
        used.append((processor() - busy) * 1000)
        if number == WARM:
            after_warming = memory()
    print(
        json.dumps(
            {
                "each": each,
                "used": used,
                "warm_bytes": after_warming,
                "bytes": memory(),
                "size": len(content),
                "pages": count_pages(content),
            }
        )
    )


def count_pages(content: bytes) -> int:
    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(content)).pages)


def prepare() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "jcdisclosure.settings"
    django.setup()


def processor() -> float:
    """Processor seconds of this process, its threads and its renderer: what a core is busy for."""
    from requests_app.adapters.pdf import process

    pid = process.shared.pid
    renderer = 0.0
    if pid is not None:
        ran = Path(f"/proc/{pid}/schedstat").read_text().split()[0]
        renderer = int(ran) / 1e9
    return time.process_time() + renderer


def memory() -> int:
    """Resident bytes of this process and its renderer."""
    from requests_app.adapters.pdf import process

    total = 0
    for pid in filter(None, ("self", process.shared.pid)):
        status = Path(f"/proc/{pid}/status").read_text()
        total += int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) * 1024
    return total


# --- The race ------------------------------------------------------------------------------------


def start(way: str, *, pages: int, count: int) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        __file__,
        "--work",
        way,
        "--pages",
        str(pages),
        "--count",
        str(count),
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> dict[str, Any]:
    answer, _ = process.communicate()
    if process.returncode:
        sys.exit(f"a worker ended with status {process.returncode}")
    found: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return found


def race(rounds: int, *, with_typst: bool) -> bool:
    counts = {("ours", 1): 60, ("ours", 3): 40, ("naive", 1): 10, ("naive", 3): 8}
    if with_typst:
        counts[("typst", 1)] = 60
    times: dict[tuple[str, int], list[float]] = {key: [] for key in counts}
    waits: dict[tuple[str, int], list[float]] = {}
    sizes: dict[tuple[str, int], str] = {}
    cold: list[float] = []
    for _ in range(rounds):
        for (way, pages), count in counts.items():
            found = finish(start(way, pages=pages, count=count))
            times[way, pages] += found["used"]
            waits[way, pages] = waits.get((way, pages), []) + found["each"]
            sizes[way, pages] = (
                f"{found['pages']} p, {found['size'] / 1000:.0f} kB, {found['bytes'] / 1e6:.0f} MB"
            )
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        cold_letter()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        cold.append(busy * 1000)
    for (way, pages), each in times.items():
        print(
            f"{way:<6} {pages} page(s): {statistics.median(each):7.1f} ms of a core, "
            f"{1000 / statistics.median(each):5.1f} a second and core, "
            f"waited {statistics.median(waits[way, pages]):7.1f}, "
            f"p95 {statistics.quantiles(waits[way, pages], n=20)[-1]:7.1f} ms   ({sizes[way, pages]})"
        )
    print(f"a process each, 1 page: {statistics.median(cold):7.1f} ms")
    one, three = (statistics.median(times["ours", pages]) for pages in (1, 3))
    reached = {
        "one page": statistics.median(times["naive", 1]) / one,
        "three pages": statistics.median(times["naive", 3]) / three,
        "a process each": statistics.median(cold) / one,
    }
    kept = True
    for name, ratio in reached.items():
        kept &= ratio >= MOST[name]
        print(f"{name}: {ratio:.1f} × (at least {MOST[name]:.0f}: {word(ratio >= MOST[name])})")
    if with_typst:
        ratio = one / statistics.median(times["typst", 1])
        kept &= ratio <= TYPST
        print(f"against typst: {ratio:.2f} × its time (at most {TYPST}: {word(ratio <= TYPST)})")
    return kept


def cold_letter() -> None:
    subprocess.run([sys.executable, __file__, "--work", "naive", "--cold"], check=True)


def endure() -> bool:
    before = time.perf_counter()
    workers = [start("ours", pages=1, count=LETTERS // WORKERS) for _ in range(WORKERS)]
    found = [finish(each) for each in workers]
    seconds = time.perf_counter() - before
    growth = max(each["bytes"] / each["warm_bytes"] - 1 for each in found)
    print(
        f"{LETTERS} letters on {WORKERS} workers: {LETTERS / seconds:.1f} a second with the start, "
        f"memory {max(each['bytes'] for each in found) / 1e6:.0f} MB a worker with its renderer, "
        f"grown by {growth:.1%} (at most {GROWTH:.0%}: {word(growth <= GROWTH)})"
    )
    return growth <= GROWTH


def word(kept: object) -> str:
    return "kept" if kept else "NOT kept"


def raw_fonts(folders: list[Path], into: Path) -> dict[str, str]:
    """The fonts as they come, for the naive way; ours where none is found."""
    from fontTools.ttLib import TTCollection

    from requests_app.adapters.pdf import fontbuild, fonts

    found = fontbuild.find_sources(folders)
    files = {each: str(fonts.EVERYDAY_FOLDER / f"{each}.ttf") for each in fonts.EVERYDAY_FAMILIES}
    for family, name in {
        "jc-fang-1": "FandolFang-Regular.otf",
        "jc-hei-1": "FandolHei-Regular.otf",
        "jc-kai-1": "FandolKai-Regular.otf",
    }.items():
        if name in found:
            files[family] = str(found[name])
            files.pop(family.replace("-1", "-2"))
    for families, name in {
        ("jc-biao-1", "jc-biao-2"): "NotoSerifCJK-Bold.ttc",
        ("jc-rare-1",): "NotoSerifCJK-Regular.ttc",
    }.items():
        if name in found:
            face = next(
                font
                for font in TTCollection(found[name], lazy=True).fonts
                if "CJK SC" in font["name"].getDebugName(4)
            )
            face.save(into / f"{families[0]}.otf")
            files[families[0]] = str(into / f"{families[0]}.otf")
            for other in families[1:]:
                files.pop(other)
    shown = sorted({Path(path).name for path in files.values()})
    print(f"fonts of the naive way: {', '.join(shown)}")
    return files


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--fonts", type=Path, action="append", default=[])
    parser.add_argument("--work", choices=sorted(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("--pages", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--cold", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.cold:
        prepare()
        WAYS[asked.work]()(letter(1, pages=1))
        return 0
    if asked.work:
        work(asked.work, pages=asked.pages, count=asked.count)
        return 0
    with tempfile.TemporaryDirectory(prefix="jc-bench-") as folder:
        os.environ |= {"JC_ENV": "test", "JC_DATA_DIR": folder}
        prepare()
        into = Path(folder) / "fonts-as-they-come"
        into.mkdir()
        files = raw_fonts(
            [*asked.fonts, Path("/usr/share/fonts"), Path("/usr/share/texlive")], into
        )
        os.environ["BENCH_FONTS"] = json.dumps(files)
        try:
            import typst  # noqa: F401

            with_typst = True
        except ImportError:
            with_typst = False
            print("typst is not installed: left out")
        kept = race(asked.rounds, with_typst=with_typst)
        kept &= endure()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
