// Runs axe-core on the main document and keeps the little that is told of it.
async given => {
  axe.configure({ locale: given.locale });
  const found = await axe.run(document, {
    runOnly: { type: 'tag', values: given.tags },
    rules: Object.fromEntries(given.rules.map(id => [id, { enabled: true }])),
    iframes: false,
    preload: false,
    ancestry: false,
    xpath: false,
    performanceTimer: false,
  });
  const cut = (text, most) => String(text || '').slice(0, most);
  const node = one => [
    cut([].concat(...one.target).join(' '), given.length),
    cut(one.html, given.length),
    cut([...one.any, ...one.all, ...one.none].map(check => check.message).join('；'), given.length),
  ];
  const counts = {};
  for (const rule of [...found.violations, ...found.incomplete, ...found.passes])
    counts[rule.id] = (counts[rule.id] || 0) + rule.nodes.length;
  const rule = one => [
    cut(one.id, given.length),
    cut(one.impact, given.length),
    cut(one.help, given.length),
    one.nodes.length,
    one.nodes.slice(0, given.nodes).map(node),
    counts[one.id],
  ];
  return [
    'axe-core ' + axe.version,
    found.violations.slice(0, given.most).map(rule),
    found.incomplete.slice(0, given.most).map(rule),
    found.passes.map(one => one.id).slice(0, given.most),
  ];
}
