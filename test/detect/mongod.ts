import { createServer, type Server, type Socket } from 'node:net';
import { deserialize, serialize } from 'bson';

/** Commands a stand-in was asked, in order, without the handshakes of the driver's monitor. */
export interface StandIn {
  readonly port: number;
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

export type Answers = (command: string, document: Record<string, unknown>) => Record<string, unknown>;

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

/**
 * A server that speaks enough of MongoDB's wire protocol for its real driver: OP_MSG (one body section), and the OP_QUERY hello that drivers
 * open with (mongodb.com, wire protocol specification).
 */
export async function aMongod(answer: Answers): Promise<StandIn> {
  const asked: string[] = [];
  const server: Server = createServer((socket) => {
    let pending = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 4 && pending.length >= pending.readInt32LE(0)) {
        const length = pending.readInt32LE(0);
        reply(socket, pending.subarray(0, length));
        pending = pending.subarray(length);
      }
    });
  });
  function reply(socket: Socket, message: Buffer): void {
    const id = message.readInt32LE(4);
    const opcode = message.readInt32LE(12);
    const start = opcode === OP_QUERY ? message.indexOf(0, 20) + 1 + 8 : 21;
    const document = deserialize(message.subarray(start)) as Record<string, unknown>;
    const command = Object.keys(document)[0] ?? '';
    if (!('helloOk' in document) && command !== 'endSessions') asked.push(command);
    const body = serialize(answer(command, document));
    if (opcode === OP_MSG) {
      const head = Buffer.alloc(21);
      head.writeInt32LE(21 + body.length, 0);
      head.writeInt32LE(id, 8);
      head.writeInt32LE(OP_MSG, 12);
      socket.write(Buffer.concat([head, body]));
    } else {
      const head = Buffer.alloc(36);
      head.writeInt32LE(36 + body.length, 0);
      head.writeInt32LE(id, 8);
      head.writeInt32LE(OP_REPLY, 12);
      head.writeInt32LE(8, 16);
      head.writeInt32LE(1, 32);
      socket.write(Buffer.concat([head, body]));
    }
  }
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const open = new Set<Socket>();
  server.on('connection', (socket) => open.add(socket));
  return {
    port: address.port,
    asked,
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
