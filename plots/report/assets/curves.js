// SPDX-License-Identifier: MIT
// Curves over steps and epochs.

/** dygraphs' rows; on a logarithmic axis what is not positive is a gap. */
function curveRows(panel, log) {
  const x = unpack(panel.x, Float32Array), y = panel.y.map(text => unpack(text, Float32Array));
  const value = v => Number.isFinite(v) && (!log || v > 0) ? v : null;
  return Array.from(x, (at, i) => [at, ...y.map(series => value(series[i]))]);
}

function curveOptions(panel, values) {
  return {
    ...plotOptions(panel.styles),
    xlabel: panel.x_title,
    ylabel: panel.y_title,
    logscale: panel.log,
    connectSeparatedPoints: true,
    drawPoints: unpack(panel.x, Float32Array).length <= 30,
    pointSize: 2.5,
    highlightCallback: (event, x, points) => showValues(panel, values, x, points),
    unhighlightCallback: () => values.forEach(value => { value.textContent = ''; }),
  };
}

function showValues(panel, values, x, points) {
  values.forEach(value => { value.textContent = ''; });
  for (const point of points) values[Number(point.name.slice(1))].textContent = shown(point.yval);
}

function logSwitch(plot, panel) {
  const box = make('input', {type: 'checkbox'});
  box.checked = panel.log;
  box.addEventListener(
      'change', () => plot.updateOptions({logscale: box.checked, file: curveRows(panel, box.checked)}));
  return make('label', {class: 'switch'}, box, 'logarithmic');
}

function drawCurves(here, panel) {
  const legend = make('div', {class: 'legend'}), area = make('div', {class: 'plot'});
  area.setAttribute('role', 'img');
  area.setAttribute('aria-label', `${panel.title}: ${panel.y_title} by ${panel.x_title}, of ${panel.labels.join(', ')}`);
  here.append(make('figure', {class: 'curve'}, make('h3', {}, panel.title), legend, area,
                   make('figcaption', {}, panel.note)));
  let plot = null;
  const values = legendOf(legend, panel.labels, panel.styles, (i, on) => plot.setVisibility(i, on));
  plot = new Dygraph(area, curveRows(panel, panel.log), curveOptions(panel, values));
  legend.append(logSwitch(plot, panel));
  follow(plot, panel.styles);
}

for (const panel of readData('curves-data') || []) drawCurves(document.getElementById('curves-here'), panel);
