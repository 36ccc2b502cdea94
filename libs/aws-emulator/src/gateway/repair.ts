import { type AwsRequest } from './aws-request.ts';

export interface AwsAnswer {
  readonly status: number;
  /** Beside the content type. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Asks moto what the client asked. */
type Forward = () => Promise<AwsAnswer>;

/** One gap of moto, and what closes it. */
export interface Repair {
  readonly service: string;
  readonly operation: string;
  /** What AWS answers where moto does not: the reason for this entry. */
  readonly aws: string;
  readonly answer: (request: AwsRequest, forward: Forward) => Promise<AwsAnswer>;
}

/** Answers in moto’s place. */
export const instead =
  (body: (request: AwsRequest) => unknown): Repair['answer'] =>
  (request) =>
    Promise.resolve({ status: 200, body: JSON.stringify(body(request)) });

/** Lets moto answer, and changes the JSON of a success; moto’s errors pass. */
export const amending =
  (amend: (body: unknown, request: AwsRequest) => unknown): Repair['answer'] =>
  async (request, forward) => {
    const answer = await forward();
    if (answer.status >= 300) return answer;
    return { ...answer, body: JSON.stringify(amend(JSON.parse(answer.body), request)) };
  };
