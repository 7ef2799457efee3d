// The rules of markdown-it that ours go on from.

/** The function of one rule. Rules are known by their own names: their functions lose theirs where scripts are minified. */
export function originalRule(ruler, name) {
  return ruler.__rules__.find((rule) => rule.name === name).fn;
}
