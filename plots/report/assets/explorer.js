// SPDX-License-Identifier: MIT
// The quantized learning process of one weight, in both learners over each other.

function unpackTensor(tensor) {
  const learners = tensor.learners.map(learner => ({
    initial: unpack(learner.initial, Int16Array),
    offsets: unpack(learner.offsets, Uint32Array),
    steps: unpack(learner.steps, Uint32Array),
    levels: unpack(learner.levels, Int16Array),
  }));
  return {...tensor, weights: unpack(tensor.weights, Uint32Array), learners};
}

/** [{step, level}, ...] of the weight at this place of `weights`; the first entry is its level at the start. */
function processOf(learner, place) {
  const entries = [{step: 0, level: learner.initial[place]}];
  for (let i = learner.offsets[place]; i < learner.offsets[place + 1]; ++i)
    entries.push({step: learner.steps[i], level: learner.levels[i]});
  return entries;
}

function levelAt(process, step) {
  let level = process[0].level;
  for (const entry of process) if (entry.step <= step) level = entry.level;
  return level;
}

/** Ascending, without repetition: every step at which something happens, and the ends. */
function eventSteps(processes, last) {
  const steps = new Set([0, last]);
  for (const process of processes) for (const entry of process) steps.add(entry.step);
  return [...steps].sort((a, b) => a - b);
}

/** For how many updates the two were on different levels, and when first. */
function divergedSteps([a, b], last) {
  const steps = eventSteps([a, b], last);
  let count = 0, first = null;
  steps.forEach((step, i) => {
    if (levelAt(a, step) === levelAt(b, step)) return;
    if (first === null) first = step;
    count += (i + 1 < steps.length ? steps[i + 1] : last + 1) - step;
  });
  return {count, first};
}

function changesAt(tensor, place) {
  return tensor.learners.reduce((sum, learner) => sum + learner.offsets[place + 1] - learner.offsets[place], 0);
}

function placeOfMost(tensor) {
  let best = 0;
  for (let place = 1; place < tensor.weights.length; ++place)
    if (changesAt(tensor, place) > changesAt(tensor, best)) best = place;
  return best;
}

/** "[out 3, in 0, row 2, column 1]", where the shape is known. */
function position(tensor, weight) {
  if (!tensor.shape.length) return '';
  const index = [];
  for (let d = tensor.shape.length - 1, rest = weight; d >= 0; --d) {
    index.unshift(rest % tensor.shape[d]);
    rest = Math.floor(rest / tensor.shape[d]);
  }
  const names = ['out', 'in', 'row', 'column'];
  return ' [' + index.map((i, d) => `${names[d] || 'index'} ${i}`).join(', ') + ']';
}

class Explorer {
  constructor(data) {
    this.data = data;
    this.tensors = data.tensors.map(unpackTensor);
    this.select = document.getElementById('explorer-tensor');
    this.input = document.getElementById('explorer-weight');
    this.tensors.forEach((tensor, i) => this.select.append(make('option', {value: i}, tensor.name)));
    this.plot = null;
    this.values = legendOf(document.getElementById('explorer-legend'), data.learners, data.styles,
                           (i, on) => this.plot.setVisibility(i, on));
    this.select.addEventListener('change', () => this.choose('most'));
    this.input.addEventListener('change', () => this.chooseWeight(Number(this.input.value)));
    for (const button of document.querySelectorAll('#explorer-here [data-choose]'))
      button.addEventListener('click', () => this.choose(button.dataset.choose));
    document.querySelector('[data-choose=first]').disabled = !data.first;
    this.choose(data.first ? 'first' : 'most');
  }

  get tensor() { return this.tensors[Number(this.select.value)]; }

  choose(what) {
    if (what === 'first') this.select.value = this.tensors.findIndex(t => t.name === this.data.first.tensor);
    const count = this.tensor.weights.length;
    const places = {
      most: () => placeOfMost(this.tensor),
      first: () => this.tensor.weights.indexOf(this.data.first.weight),
      random: () => Math.floor(Math.random() * count),
      next: () => (this.place + 1) % count,
      previous: () => (this.place + count - 1) % count,
    };
    this.show(places[what]());
  }

  chooseWeight(weight) {
    const place = this.tensor.weights.indexOf(weight);
    if (place >= 0) return this.show(place);
    const summary = document.getElementById('explorer-summary');
    if (!(weight >= 0 && weight < this.tensor.count && Number.isInteger(weight)))
      summary.textContent = `${this.tensor.name} has weights 0 to ${this.tensor.count - 1}.`;
    else
      summary.textContent = this.data.sampled ? `Weight ${weight} is not among those that are here, or never changed.`
                                              : `Weight ${weight} never changed its level, in either learner.`;
  }

  show(place) {
    this.place = place;
    this.input.value = this.tensor.weights[place];
    this.processes = this.tensor.learners.map(learner => processOf(learner, place));
    this.draw();
    this.describe();
    this.list();
  }

  rows() {
    const value = level => this.tensor.levels[level];
    return eventSteps(this.processes, this.data.steps)
        .map(step => [step, ...this.processes.map(process => value(levelAt(process, step)))]);
  }

  /** The levels that were visited, with one more on either side. */
  range() {
    const visited = this.processes.flat().map(entry => entry.level), levels = this.tensor.levels;
    const low = levels[Math.max(Math.min(...visited) - 1, 0)];
    const high = levels[Math.min(Math.max(...visited) + 1, levels.length - 1)];
    return [low - 0.08 * (high - low), high + 0.08 * (high - low)];
  }

  draw() {
    const options = {file: this.rows(), valueRange: this.range(), dateWindow: [0, this.data.steps]};
    if (this.plot) return this.plot.updateOptions(options);
    const {file, ...rest} = options;
    this.plot = new Dygraph(document.getElementById('explorer-plot'), file, {
      ...plotOptions(this.data.styles),
      ...rest,
      axes: {y: {axisLabelWidth: 110, ticker: (low, high) => this.levelTicks(low, high)}},
      stepPlot: true,
      drawPoints: true,
      pointSize: 2,
      xlabel: 'step',
      series: {s0: {strokeWidth: 5}, s1: {strokeWidth: 2, strokePattern: [7, 4]}},
      underlayCallback: (canvas, area, plot) => this.underlay(canvas, area, plot),
      highlightCallback: (event, x, points) => this.showLevels(points),
      unhighlightCallback: () => this.values.forEach(value => { value.textContent = ''; }),
    });
    follow(this.plot, this.data.styles);
  }

  /** A tick at each level, or at each n-th where there are many. */
  levelTicks(low, high) {
    const inside = this.tensor.levels.map((v, level) => ({v, level})).filter(({v}) => v >= low && v <= high);
    return inside.filter((_, i) => i % Math.ceil(inside.length / 12) === 0)
        .map(({v, level}) => ({v, label: `level ${level}` + (this.tensor.worth ? `: ${tickText(v)}` : '')}));
  }

  underlay(canvas, area, plot) {
    const [low, high] = this.range();
    canvas.save();
    canvas.strokeStyle = cssColor('--threshold');
    canvas.setLineDash([4, 4]);
    for (const threshold of this.tensor.thresholds) {
      if (threshold < low || threshold > high) continue;
      const y = plot.toDomYCoord(threshold);
      canvas.beginPath();
      canvas.moveTo(area.x, y);
      canvas.lineTo(area.x + area.w, y);
      canvas.stroke();
    }
    canvas.restore();
  }

  showLevels(points) {
    for (const point of points) {
      const level = this.tensor.levels.indexOf(point.yval);
      const worth = this.tensor.worth ? `: ${shown(point.yval)}` : '';
      this.values[Number(point.name.slice(1))].textContent = `level ${level}` + worth;
    }
  }

  describe() {
    const weight = this.tensor.weights[this.place], {count, first} = divergedSteps(this.processes, this.data.steps);
    const changes = this.processes.map((process, i) => `${process.length - 1} in ${this.data.learners[i]}`);
    const diverged = count ? `on different levels after ${count} of ${this.data.steps} steps, first after step ${first}`
                         : 'never on different levels';
    document.getElementById('explorer-summary').textContent =
        `Weight ${weight}${position(this.tensor, weight)} of ${this.tensor.name}: change points ${changes.join(', ')}; ${diverged}.`;
  }

  list() {
    const table = document.getElementById('explorer-table');
    const header = ['step', ...this.data.learners].map(text => make('th', {scope: 'col'}, text));
    const rows = eventSteps(this.processes, this.data.steps).map(step => {
      const levels = this.processes.map(process => make('td', {}, String(levelAt(process, step))));
      return make('tr', {}, make('th', {scope: 'row'}, String(step)), ...levels);
    });
    table.replaceChildren(make('thead', {}, make('tr', {}, ...header)), make('tbody', {}, ...rows));
  }
}

const explorerData = readData('explorer-data');
if (explorerData) new Explorer(explorerData);
