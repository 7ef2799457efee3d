// The direct room of two people: the same people always get the same one.

/** Returns its RoomState with its people, whose names the server need not be asked for. */
export async function directWith(connection, person, me) {
  const { room } = await connection.request("create", { kind: "direct", members: [person.id] });
  return { ...room, members: [{ ...me, role: "member" }, { ...person, role: "member" }] };
}
