// SPDX-License-Identifier: MIT
// Uses the page as a reader would, and says what went wrong. kKind is the page, kWidth the window's.

const must = (holds, what) => { if (!holds) problems.push(what); };

/** Everything that a plot shows, as text that can be compared. */
const inkOf = plot => [...plot.querySelectorAll('canvas')].map(canvas => canvas.toDataURL()).join();

function drawnPixels(plot) {
  return Math.max(...[...plot.querySelectorAll('canvas')].map(canvas => {
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 3; i < data.length; i += 4) count += data[i] > 0;
    return count;
  }));
}

function probeCurves() {
  const plots = document.querySelectorAll('#curves-here .plot');
  must(plots.length >= 3, `only ${plots.length} plots of curves`);
  for (const plot of plots) must(drawnPixels(plot) > 500, 'a plot is blank');
  const figure = document.querySelector('#curves-here figure'), plot = figure.querySelector('.plot');
  const before = inkOf(plot);
  figure.querySelector('.legend input').click();
  must(inkOf(plot) !== before, 'switching a curve off changes nothing');
  figure.querySelector('.legend input').click();
  must(inkOf(plot) === before, 'switching a curve on again does not bring it back');
  figure.querySelector('.switch input').click();
  must(inkOf(plot) !== before, 'the logarithmic switch changes nothing');
}

function chooseWeight(weight) {
  const input = document.getElementById('explorer-weight');
  input.value = weight;
  input.dispatchEvent(new Event('change'));
  return document.getElementById('explorer-summary').textContent;
}

function probeExplorer() {
  const plot = document.getElementById('explorer-plot'), data = readData('explorer-data');
  const summary = document.getElementById('explorer-summary');
  must(drawnPixels(plot) > 500, 'the explorer is blank');
  must(summary.textContent.includes(`Weight ${data.first.weight} `), 'it does not begin with the first divergence');
  const before = inkOf(plot), weights = unpack(data.tensors[0].weights, Uint32Array);
  const changes = place => data.tensors[0].learners.map(l => {
    const offsets = unpack(l.offsets, Uint32Array);
    return offsets[place + 1] - offsets[place];
  });
  document.querySelector('[data-choose=most]').click();
  must(inkOf(plot) !== before, 'another weight gives the same picture');
  const last = weights.length - 1;
  must(chooseWeight(weights[last]).includes(`change points ${changes(last)[0]} in ${data.learners[0]}, ${changes(last)[1]} in`),
       'the summary does not count the change points: ' + summary.textContent);
  must(document.querySelectorAll('#explorer-table tbody tr').length >= 2, 'no list of change points');
  must(chooseWeight(data.tensors[0].count).includes('has weights 0 to'), 'a weight that is not there is not refused');
  for (const what of ['previous', 'next', 'random', 'first']) document.querySelector(`[data-choose=${what}]`).click();
  must(inkOf(plot) === before, 'the first divergence does not come back');
}

function probeTables() {
  const table = document.querySelector(kKind === 'one' ? '#metrics table' : '#pair table');
  const column = kKind === 'one' ? 1 : 2, button = table.tHead.rows[0].cells[column].querySelector('button');
  const numbers = () => [...table.tBodies[0].rows].map(row => numberIn(row.cells[column].textContent)).filter(x => !Number.isNaN(x));
  const sorted = sign => numbers().every((x, i, all) => i === 0 || sign * (x - all[i - 1]) >= 0);
  button.focus();
  must(document.activeElement === button, 'a header cannot be reached by keyboard');
  button.click();
  must(sorted(1) && button.parentElement.getAttribute('aria-sort') === 'ascending', 'not sorted upwards');
  button.click();
  must(sorted(-1) && button.parentElement.getAttribute('aria-sort') === 'descending', 'not sorted downwards');
  must(numbers().length > 3, 'nothing to sort');
}

/** Every table shows values beside names, and says where it scrolls; a wide window cuts no column off. */
function probeWidths() {
  for (const hint of document.querySelectorAll('.scrolls')) {
    const part = hint.nextElementSibling, table = part.querySelector('table');
    if (hint.closest('details:not([open])')) continue;
    const wide = part.scrollWidth > part.clientWidth + 1, name = part.getAttribute('aria-label') || 'a figure';
    must((getComputedStyle(hint).display !== 'none') === wide, `${name}: the hint on scrolling is ${wide ? 'missing' : 'wrong'}`);
    if (kWidth >= 1280) must(!wide, `${name} is cut off`);
    if (!table) continue;
    const right = part.getBoundingClientRect().right;
    for (const row of table.tBodies[0].rows)
      must(row.cells[1].getBoundingClientRect().right <= right + 1, `${name}: the first value is out of sight`);
  }
}

function probePage() {
  const page = document.documentElement, ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  must(innerWidth === kWidth, `the window is ${innerWidth} px wide`);
  must(page.scrollWidth <= kWidth, `the page is ${page.scrollWidth} px wide`);
  must(new Set(ids).size === ids.length, 'an id is there twice');
  must(document.querySelectorAll('h1').length === 1, 'there is not one first heading');
  for (const link of document.querySelectorAll('nav a'))
    must(document.querySelector(link.getAttribute('href')), 'a link of the contents leads nowhere');
  for (const image of document.querySelectorAll('svg[role=img]'))
    must(image.getAttribute('aria-label'), 'a figure has no text alternative');
  must(performance.getEntriesByType('resource').length === 0, 'something was loaded');
}

addEventListener('load', () => {
  try {
    probeCurves();
    if (kKind === 'one') probeExplorer();
    probeTables();
    probePage();
    requestAnimationFrame(() => setTimeout(finish, 100));  // observers of sizes come after the layout
  } catch (error) {
    problems.push(error.stack);
    finish();
  }
});

function finish() {
  try {
    probeWidths();
  } catch (error) {
    problems.push(error.stack);
  }
  parent.postMessage(problems.length ? problems.join('; ').replaceAll(/[<\s]+/g, ' ') : 'all is well', '*');
}
