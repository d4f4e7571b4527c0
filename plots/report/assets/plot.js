// SPDX-License-Identifier: MIT
// What curves and explorer have in common: colours, line styles, and a legend of check boxes that shows values.
// kDashes, one array of lengths for each line style, and the colours --series-1, --series-2, ... stand in the page.

function cssColor(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function seriesColor(i) {
  return cssColor('--series-' + (i % kDashes.length + 1));
}

/** Null for a solid line. */
function dashesOf(i) {
  const dashes = kDashes[i % kDashes.length];
  return dashes.length ? dashes : null;
}

/** dygraphs names series by text; "s0", "s1" cannot clash with anything that a user may name so. */
const seriesKeys = count => Array.from({length: count}, (_, i) => 's' + i);

/** Options that depend on the scheme, light or dark; `styles` are the places of the series in the table of styles. */
function schemeOptions(styles) {
  return {
    colors: styles.map(seriesColor),
    gridLineColor: cssColor('--grid'),
    axisLineColor: cssColor('--axis'),
  };
}

/** A number on an axis, short. */
function tickText(y) {
  return y !== 0 && Math.abs(y) < 1e-3 ? Number(y.toPrecision(2)).toExponential() : String(Number(y.toPrecision(4)));
}

function plotOptions(styles) {
  const series = {}, keys = seriesKeys(styles.length);
  keys.forEach((key, i) => { series[key] = {strokePattern: dashesOf(styles[i])}; });
  return {
    ...schemeOptions(styles),
    series,
    labels: ['x', ...keys],
    legend: 'never',
    strokeWidth: 1.8,
    axisLabelFontSize: 12,
    axes: {y: {axisLabelWidth: 66, axisLabelFormatter: tickText}},
    xRangePad: 4,
    rightGap: 12,
  };
}

/** A short stroke in the series' own colour and dashes. */
function swatch(i) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 32 8');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', 'M0 4h32');
  line.style.stroke = `var(--series-${i % kDashes.length + 1})`;
  if (dashesOf(i)) line.setAttribute('stroke-dasharray', dashesOf(i).join(' '));
  svg.append(line);
  return svg;
}

/** A box for each label, and a place for its value; returns the places. */
function legendOf(here, labels, styles, toggle) {
  return labels.map((label, i) => {
    const box = make('input', {type: 'checkbox'}), value = make('output');
    box.checked = true;
    box.addEventListener('change', () => toggle(i, box.checked));
    here.append(make('label', {}, box, swatch(styles[i]), label, ' ', value));
    return value;
  });
}

const allPlots = [];

/** Keeps a plot in the colours of the page's scheme. */
function follow(plot, styles) {
  allPlots.push({plot, styles});
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  for (const {plot, styles} of allPlots) plot.updateOptions(schemeOptions(styles));
});
