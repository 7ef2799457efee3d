// Two soft notes, synthesized: nothing is fetched.

const NOTES = [{ pitch: 587.33, at: 0 }, { pitch: 880, at: 0.09 }];
const LASTS = 0.5;
const LOUDNESS = 0.12;

export class Sound {
  #context = null;

  /** Browsers allow sound only after a click or key in the page; before that this is silent. */
  async play() {
    try {
      this.#context ??= new AudioContext();
      if (this.#context.state === "suspended") await this.#context.resume();
      for (const note of NOTES) this.#strike(note);
    } catch { /* no sound here */ }
  }

  #strike({ pitch, at }) {
    const context = this.#context;
    const start = context.currentTime + at;
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.type = "sine";
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + LASTS);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + LASTS);
  }
}
