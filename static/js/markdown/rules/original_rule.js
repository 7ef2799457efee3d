// markdown-it's own rules, for those of ours that extend them.

/** The function of one rule, found by the rule's name: functions lose their names when scripts are minified. */
export function originalRule(ruler, name) {
  return ruler.__rules__.find((rule) => rule.name === name).fn;
}
