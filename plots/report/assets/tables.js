// SPDX-License-Identifier: MIT
// Tables are sorted by a click on a column's header, or Enter on it; what is too wide for the window says that it scrolls.

/** The first number in a text ("step 22"), or NaN ("never"). */
function numberIn(text) {
  const found = text.match(/-?\d+(\.\d+)?(e[-+]?\d+)?/i);
  return found ? Number(found[0]) : NaN;
}

/** A column counts as one of numbers where half of its cells begin like one. */
function isNumeric(texts) {
  return 2 * texts.filter(text => /^(step )?-?\d/.test(text)).length >= texts.length;
}

/** Negative where a comes first; what is no number comes last in either direction. */
function compareCells(a, b, numeric, sign) {
  if (!numeric) return sign * a.localeCompare(b, 'en');
  const x = numberIn(a), y = numberIn(b);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
  return sign * (x - y);
}

function sortTable(table, column) {
  const headers = [...table.tHead.rows[0].cells];
  const up = headers[column].getAttribute('aria-sort') !== 'ascending';
  headers.forEach(header => header.setAttribute('aria-sort', 'none'));
  headers[column].setAttribute('aria-sort', up ? 'ascending' : 'descending');
  const body = table.tBodies[0], rows = [...body.rows];
  const text = row => row.cells[column].textContent;
  const numeric = isNumeric(rows.map(text));
  rows.sort((a, b) => compareCells(text(a), text(b), numeric, up ? 1 : -1));
  body.append(...rows);
}

/** The hint before a part that scrolls shows where there is something to scroll to. */
function showHint(hint) {
  const part = hint.nextElementSibling;
  new ResizeObserver(() => {
    const wide = part.scrollWidth > part.clientWidth + 1;
    hint.classList.toggle('wide', wide);
    hint.classList.toggle('fits', !wide);
  }).observe(part);
}

document.querySelectorAll('.scrolls').forEach(showHint);
for (const table of document.querySelectorAll('table.sortable'))
  [...table.tHead.rows[0].cells].forEach(
      (header, column) => header.querySelector('button').addEventListener('click', () => sortTable(table, column)));
