"""Judging a page by the rules of axe-core, in every scheme and the large version, from one visit.

A look is an attribute of the document, written by the server and read by the style sheets alone, so
it is changed in place; that the server writes it, is tested beside (``test_public``). The rules come
with the development package axe-core-python; nothing of it reaches the product.
"""

from tests.e2e.citizen import DESKTOP, PHONE, axe

#: The five schemes, and the large version in the plainest and the darkest of them.
LOOKS = (
    {},
    {"theme": "wb"},
    {"theme": "by"},
    {"theme": "yb"},
    {"theme": "ky"},
    {"elder": ""},
    {"theme": "ky", "elder": ""},
)
#: Pages are laid out for a telephone first; a desktop is looked at as it comes, and in large.
VIEWS = ((PHONE, LOOKS), (DESKTOP, ({}, {"elder": ""})))

RUN = """async (looks) => {
  const root = document.documentElement, found = [];
  for (const look of looks) {
    for (const name of ["theme", "elder"]) delete root.dataset[name];
    Object.assign(root.dataset, look);
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    for (const each of violations)
      for (const node of each.nodes) found.push([JSON.stringify(look), each.id, node.target.join(" ")]);
  }
  return found;
}"""


def judge(page, *, views=VIEWS):
    """Return what axe finds on the page that is open: width, look, rule, place."""
    found = []
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe())
    for size, looks in views:
        page.set_viewport_size(size)
        found += [(size["width"], *each) for each in page.evaluate(RUN, looks)]
    return found


def judge_all(page, addresses, *, views=VIEWS):
    """Return what axe finds on each address."""
    found = []
    for address in addresses:
        page.goto(address)
        found += [(address, *each) for each in judge(page, views=views)]
    return found
