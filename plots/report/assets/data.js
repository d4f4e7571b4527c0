// SPDX-License-Identifier: MIT
// The data that stand in the page, and small helpers that all parts share.
'use strict';

/** The JSON of a script element, or null where the page has none of that id. */
function readData(id) {
  const element = document.getElementById(id);
  return element ? JSON.parse(element.textContent) : null;
}

/** Numbers that were packed as base64 of their bytes, lowest first. */
function unpack(text, Type) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; ++i) bytes[i] = binary.charCodeAt(i);
  return new Type(bytes.buffer);
}

/** An element with text; texts are never read as HTML. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A number as the tables show it. */
function shown(x) {
  if (!Number.isFinite(x)) return '-';
  if (x === 0) return '0';
  return Math.abs(x) < 1e-3 ? x.toExponential(3) : String(Number(x.toPrecision(5)));
}
