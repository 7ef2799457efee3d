// The requests of moderation, by name. Each throws a Refusal if the server refuses.

export class ModerationApi {
  /** `request(event, payload)` returns the acknowledgement. */
  constructor(request) {
    this.request = request;
  }

  /** `terms`: {action, seconds or null, reason, site?} */
  moderate(room, person, { action, seconds, reason, site }) {
    return this.request("moderate", {
      room: site && hasLength(action) ? null : room.id, action, user: person.id, reason, ...(seconds && { seconds }),
    });
  }

  lift(room, person, { kind, whole_site: onSite }) {
    return this.request("moderate", { room: onSite ? null : room.id, action: `un${kind}`, user: person.id });
  }

  purge(room, person, { seconds, reason }) {
    return this.request("purge", { room: room.id, user: person.id, reason, ...(seconds && { seconds }) });
  }

  unpurge(room, { purge }) { return this.request("unpurge", { room: room.id, purge }); }
  setRole(room, person, role) { return this.request("set_role", { room: room.id, user: person.id, role }); }
  // With the message's epoch: after a loss of Redis the number may be another message's.
  remove({ room, seq, epoch }, reason) { return this.request("delete", { room, seq, epoch, reason }); }
  restore({ room, seq, epoch }) { return this.request("restore", { room, seq, epoch }); }
  report({ room, seq, epoch }, reason) { return this.request("report", { room, seq, epoch, reason }); }
  handle(report, action, more = {}) { return this.request("handle_report", { report: report.id, action, ...more }); }
  invitation(room, { uses, seconds }) { return this.request("create_invitation", { room: room.id, ...(uses && { uses }), ...(seconds && { seconds }) }); }
  revoke(invitation) { return this.request("revoke", { invitation: invitation.id }); }
  answer(room, person, accept, reason) { return this.request("answer_join_request", { room: room.id, user: person.id, accept, reason }); }
  word(room, rule) { return this.request("set_word_rule", { room: room.id, ...rule }); }
  update(room, changes) { return this.request("update_room", { room: room.id, ...changes }); }
}

/** Whether an action has a duration. Pure. */
export function hasLength(action) { return action === "mute" || action === "ban"; }
