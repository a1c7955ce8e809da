// A running demo in a folder of its own, stopped and deleted at the end.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const binary = new URL('../../bin/kompetansetorg', import.meta.url).pathname;

export class Demo {
  // start runs the binary on a free port. postgres is the address of a server;
  // the demo then gets a database of its own there. more are further flags.
  static async start(postgres, more = []) {
    const demo = new Demo();
    demo.folder = await mkdtemp(join(tmpdir(), 'kompetansetorg-e2e-'));
    demo.db = `sqlite:${join(demo.folder, 'demo.db')}`;
    if (postgres) demo.db = demo.#postgresDatabase(postgres);
    demo.process = spawn(binary, ['serve', '--demo', '--db', demo.db, '--addr', '127.0.0.1:0', '--open-rate', '0', ...more], { stdio: ['ignore', 'ignore', 'pipe'] });
    demo.log = '';
    demo.url = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        demo.process.kill('SIGKILL');
        reject(new Error(`the demo did not start:\n${demo.log}`));
      }, 60_000);
      demo.process.stderr.on('data', (chunk) => {
        demo.log += chunk;
        const found = /Address: (\S+)/.exec(demo.log);
        if (found) {
          clearTimeout(timer);
          resolve(found[1]);
        }
      });
      demo.process.on('exit', (code) => reject(new Error(`the demo ended with ${code}:\n${demo.log}`)));
    });
    return demo;
  }

  #postgresDatabase(address) {
    const url = new URL(address);
    const name = `e2e_${process.pid}`;
    const made = spawnSync('psql', [address, '-c', `CREATE DATABASE ${name}`], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`psql: ${made.stderr}`);
    url.pathname = `/${name}`;
    return url.toString();
  }

  async stop() {
    this.process.removeAllListeners('exit');
    await new Promise((resolve) => {
      this.process.on('exit', resolve);
      this.process.kill('SIGTERM');
    });
    await rm(this.folder, { recursive: true, force: true });
  }
}
