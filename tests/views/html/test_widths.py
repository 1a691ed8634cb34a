"""No word runs over its cell or is broken, however wide the output is: measured in Chromium."""

from datetime import datetime

import pytest

import srm_data as srm
from srm_data.core.dataset import table_frame
from srm_data.core.frames import as_matrix
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning import question_content, vote_content
from srm_data.learning.questions import find_question, question_bank
from srm_data.learning.vote_history import Vote, Votes
from srm_data.views.html import tables
from srm_data.workloads import html
from tests.lessons import ROOT

MATRICES = sorted(table_frame("matrices")["matrix"])
CLASS = ROOT / "notebooks" / "teacher" / "example_class"
SIDES = (("azure-2016", "azure-classic"), ("azure-classic", "azure-2026"), ("gcp", "isaca-2022"))
SIDES += (("aro", "rosa"),)
#: Every fault of the page at each width: boxes narrower than what is in them, and words on two lines.
_MEASURE = """widths => {
  const BOXES = 'table, caption, th, td, .srm li, summary, dt, dd, .srm p, .srm div';
  const hosts = [...document.querySelectorAll('.host')];
  const wide = [], words = [];
  for (const host of hosts) {
    host.style.width = '1400px';
    const seen = new Set();
    for (const box of host.querySelectorAll(BOXES))
      if (!box.closest('.vh') && !box.closest('.wide')) wide.push(box);
    for (const details of host.querySelectorAll('details')) details.open = true;
    const walk = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const cell = walk.currentNode.parentElement.closest('th, td, summary, dt, li, caption');
      const around = walk.currentNode.parentElement;
      if (!cell || walk.currentNode.parentElement.closest('.vh, .wide')) continue;
      if (walk.currentNode.data.includes('://')) continue;  // an address is no word
      for (const found of walk.currentNode.data.matchAll(/[^\\s\\-/–]{5,}/g)) {
        const key = [found[0], cell.tagName, cell.cellIndex, cell.className, around.className];
        if (seen.has(`${key}`)) continue;
        seen.add(`${key}`);
        const range = document.createRange();
        range.setStart(walk.currentNode, found.index);
        range.setEnd(walk.currentNode, found.index + found[0].length);
        words.push([range, host.id, found[0]]);
      }
    }
  }
  const unseen = box => {
    for (let one = box; one; one = one.parentElement)
      if (getComputedStyle(one).clipPath !== 'none') return true;
    return false;
  };
  const faults = {};
  const told = (host, width, what) => { (faults[`${host}: ${what}`] ??= []).push(width); };
  const name = box => `${box.tagName.toLowerCase()}.${box.className} ${box.textContent.trim().slice(0, 30)}`;
  for (const width of widths) {
    for (const host of hosts) host.style.width = `${width}px`;
    for (const host of hosts)
      if (host.scrollWidth > host.clientWidth) told(host.id, width, 'the view is wider than its place');
    for (const box of wide)
      if (box.scrollWidth > box.clientWidth && box.clientWidth > 1 && !unseen(box))
        told(box.closest('.host').id, width, name(box));
    for (const [range, host, word] of words) {
      const [first, ...more] = range.getClientRects();
      const apart = line => line.top >= first.bottom - 2 || line.left >= first.right + 9;
      if (more.some(apart) && !unseen(range.startContainer.parentElement))
        told(host, width, `"${word}" is broken`);
    }
  }
  return faults;
}"""


def of_a_matrix(lang):
    for matrix in MATRICES:
        m = as_matrix(matrix, lang)
        yield f"matrix {matrix}", tables.matrix(matrix, lang)
        yield f"what if {matrix}", tables.what_if(matrix, m.columns[0].label, m.columns[-1].label, lang)
        yield f"ladder {matrix}", tables.ladder(matrix, lang)
    for matrix in ("azure-2026", "aws-rds-custom", "nist-800-145"):
        yield f"model {matrix}", tables.model(matrix, "IaaS" if "rds" not in matrix else "Amazon RDS", lang)
        yield f"about {matrix}", tables.about(matrix, lang)


def of_several(lang):
    for before, after in SIDES:
        yield f"sides {before} {after}", tables.side_by_side(before, after, lang=lang)
    yield "side", tables.side_by_side("stack", "azure-2026", "saas", lang)
    for topic in ("network-controls", "operating-system", "identity"):
        yield f"topic {topic}", tables.topic(topic, lang=lang)
        yield f"topic four {topic}", tables.topic(topic, ["azure-2026", "aws-rds", "gcp", "ibm-iaas"], lang)
    yield "duties", tables.duties("azure-classic", "customer", lang)
    yield "split", tables.split("azure-2026", lang)
    for incident in srm.load_incidents(lang).index[::4]:
        yield f"incident {incident}", tables.incident(incident, lang)
    now, plan = (srm.load_scenario("web-shop", name, lang=lang) for name in ("before", "b"))
    yield "whole", html.whole(plan, lang)
    yield "difference", html.difference(now, plan, lang)
    yield "workload duties", html.duties(plan, now, lang)
    new, old = srm.load_baselines("v3.0", lang), srm.load_baselines("v1.1", lang)
    yield "on by default", tables.on_by_default(new, lang=lang)
    yield "who patches", tables.who_patches(old, "shared", lang=lang)
    yield "lose the os", tables.lose_the_os(new, "full", lang)
    results = srm.class_results(CLASS, lang=lang)
    yield "class", tables.Html(results._repr_html_())
    yield "class with names", results.with_names
    yield "vote", vote_content.still([find_question("accountable-to-the-law", lang)], lang)
    yield "votes", an_evening_class(lang)
    for question in question_bank(lang)[::16]:
        still = question_content.still([question_content.Round((question,))], lang)
        yield f"question {question.id}", still


def an_evening_class(lang):
    """Votes of one class, on a question with long answers."""
    question = find_question("accountable-to-the-law", lang)
    hands = {option.key: 100 for option in question.options}
    vote = Vote(question, datetime(2026, 11, 30), "Avondklas netwerkbeheer", hands, hands)
    return tables.Html(Votes((vote,), lang)._repr_html_())


def of_frames(lang):
    """What the lessons show of their data, and every field of a long table at once."""
    cells = srm.load_cells("azure-2026", lang).query("column_id == 'paas'")
    yield "frame matrix", srm.show(srm.load_matrix("azure-classic", lang), lang)
    yield "frame wide", srm.show(srm.load_matrix("ibm-iaas", lang), lang)
    yield "frame parts", srm.show(cells.set_index("area")[["party", "customer_part", "provider_part"]], lang)
    yield "frame counts", srm.show(cells["party"].value_counts(), lang)
    yield "frame compare", srm.show(srm.compare("azure-2026", "iaas", "paas", lang), lang)
    yield (
        "frame editions",
        srm.show(
            srm.compare_matrices("azure-2016", "azure-2026", lang).dropna().query("before != after"), lang
        ),
    )
    yield "frame incidents", srm.show(srm.load_incidents(lang)["failed_party"].value_counts(), lang)
    yield "frame all", srm.show(srm.load_incidents(lang).head(2), lang)
    yield "frame questions", srm.show(srm.load_questions(lang, lesson=1)[["stem", "key"]], lang)


def views(lang):
    """Every kind of view by a name: each of each matrix, those of more than one, and data frames."""
    yield from of_a_matrix(lang)
    yield from of_several(lang)
    yield from of_frames(lang)


def page_of(pieces):
    hosts = "".join(f'<div class="host" id="{name}">{view.body}</div>' for name, view in pieces)
    return (
        '<!DOCTYPE html><meta charset="utf-8"><body data-jp-theme-light="true" style="margin:0">'
        f"<style>{tables.style()} .host{{overflow:visible}}</style>{hosts}"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_is_cut_or_broken_at_any_width(page, lang):
    page.set_content(page_of(views(lang)))
    faults = page.evaluate(_MEASURE, [*range(320, 1401, 20)])
    assert not faults, "\n".join(f"{where}: {at}" for where, at in faults.items())


@pytest.mark.parametrize("zoom", [1.25, 1.5, 2])
def test_nor_at_any_zoom(page, zoom):
    """A page that is zoomed is narrower by as much; what is left is that a pixel is a part of one."""
    wanted = ("matrix azure-2026", "matrix ibm-iaas", "what if gcp", "frame parts", "frame editions", "whole")
    page.set_content(page_of((name, view) for name, view in views("nl") if name in wanted))
    page.evaluate("zoom => { document.body.style.zoom = zoom; }", zoom)
    faults = page.evaluate(_MEASURE, [*range(320, 721, 40)])
    assert not faults, "\n".join(f"{where}: {at}" for where, at in faults.items())


def test_a_cell_of_a_party_has_its_four_edges_in_a_card_too(page):
    """Its edge is what stands off the ground where its fill is light."""
    wanted = ("frame parts", "difference", "topic network-controls")
    page.set_content(page_of((name, view) for name, view in views("en") if name in wanted))
    for width in (320, 1400):
        edges = page.evaluate(
            """width => [...document.querySelectorAll('.host')].map(host => {
              host.style.width = `${width}px`;
              const side = (cell, one) => getComputedStyle(cell)[`border${one}Width`];
              const of = cell => ['Top', 'Right', 'Bottom', 'Left'].map(one => side(cell, one)).join(' ');
              return [...new Set([...host.querySelectorAll('td.k')].map(of))];
            })""",
            width,
        )
        assert edges == [["2px 2px 2px 2px"]] * len(wanted), width
