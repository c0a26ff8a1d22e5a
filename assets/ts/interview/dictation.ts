// The browser's own speech recognition writes into the field; the person reads it and sends it.
//
// Opt-in, because the browser's vendor may process the audio in its cloud: the dialog in the template says so.

interface Recognition {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onresult: ((event: { resultIndex: number; results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }> }) => void) | null;
  onend: (() => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  start(): void;
  stop(): void;
}

type Maker = new () => Recognition;

interface Hooks {
  onText(text: string): void;
  onInterim(text: string): void;
  onState(on: boolean, problem?: string): void;
}

const PROBLEMS: Record<string, string> = {
  'not-allowed': 'The browser may not use the microphone. Allow it in the address bar, then try again.',
  'service-not-allowed': 'This browser has switched its speech service off.',
  'audio-capture': 'No microphone was found.',
  network: 'The browser could not reach its speech service.',
};

export class Dictation {
  private recognition: Recognition | undefined;

  constructor(private readonly hooks: Hooks) {}

  static get available(): boolean {
    return maker() !== undefined;
  }

  get on(): boolean {
    return this.recognition !== undefined;
  }

  start(): void {
    const Recognizer = maker();
    if (Recognizer === undefined || this.on) return;
    const recognition = new Recognizer();
    let problem: string | undefined;
    recognition.lang = document.documentElement.lang;
    recognition.continuous = true;
    recognition.interimResults = true;
    recognition.onresult = (event) => {
      let interim = '';
      for (let at = event.resultIndex; at < event.results.length; at += 1) {
        const result = event.results[at];
        const text = result?.[0]?.transcript ?? '';
        if (result?.isFinal === true) this.hooks.onText(text);
        else interim += text;
      }
      this.hooks.onInterim(interim);
    };
    recognition.onerror = (event) => {
      problem = PROBLEMS[event.error] ?? problem;
    };
    recognition.onend = () => {
      this.recognition = undefined;
      this.hooks.onState(false, problem);
    };
    this.recognition = recognition;
    recognition.start();
    this.hooks.onState(true);
  }

  stop(): void {
    this.recognition?.stop();
  }
}

function maker(): Maker | undefined {
  const holder = window as unknown as { SpeechRecognition?: Maker; webkitSpeechRecognition?: Maker };
  return holder.SpeechRecognition ?? holder.webkitSpeechRecognition;
}
