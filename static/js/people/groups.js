// Members in order: by presence, then role, then name. Pure.

const RANK = { owner: 0, moderator: 1, member: 2 };
const byName = new Intl.Collator(undefined, { sensitivity: "base" });

/** {active: [...], away: [...], offline: [...]}, each person with `status`. */
export function groupPeople(members, online) {
  const groups = { active: [], away: [], offline: [] };
  for (const person of members) {
    const status = online.get(person.id) ?? "offline";
    groups[status].push({ ...person, status });
  }
  for (const group of Object.values(groups)) group.sort(order);
  return groups;
}

function order(one, other) {
  return RANK[one.role] - RANK[other.role] || byName.compare(one.name, other.name) || one.id - other.id;
}
