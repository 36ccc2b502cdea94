import type { ProblemBody } from '../../http/problem.ts';
import type { Links } from '../links.ts';
import { Layout } from './layout.tsx';

/** A problem as a person reads it. */
export const ProblemPage = ({ problem, links }: { readonly problem: ProblemBody; readonly links: Links }) => (
  <Layout title={problem.title} links={links} unitsInCart={undefined}>
    <div class="sheet">
      <h1>{problem.title}</h1>
      <div class="panel stack">
        <p>{problem.detail}</p>
        <p class="code">
          {problem.status} {problem.code}
        </p>
        <p>
          <a class="button" href={links.home}>
            Go to the sale
          </a>
        </p>
      </div>
    </div>
  </Layout>
);
