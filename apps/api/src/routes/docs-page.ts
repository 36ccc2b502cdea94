import { html } from 'hono/html';
import { type ApiInfo, openApiDocument, problemsOf } from '../http/openapi.ts';
import { problems } from '../http/problem.ts';
import type { Route } from '../http/route.ts';
import { styleElement } from './docs-page-style.ts';

/** The docs page: self-contained, without a script, readable by keyboard and screen reader. */
export async function docsPage(routes: readonly Route[], info: ApiInfo): Promise<string> {
  const schemas = JSON.stringify(openApiDocument(routes, info), null, 2);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Tideline API</title>
        ${styleElement}
      </head>
      <body>
        <header>
          <h1>Tideline API</h1>
          <p>
            Release ${info.version}. The same, for programs:
            <a href="${info.basePath}/openapi.json">openapi.json</a>.
          </p>
        </header>
        <main>
          <nav aria-labelledby="routes">
            <h2 id="routes">Routes</h2>
            <ul>
              ${routes.map(
                (route) =>
                  html`<li>
                    <a href="#${route.operationId}"
                      ><code>${route.method} ${info.basePath}${route.path}</code></a
                    >
                    ${route.summary}
                  </li>`,
              )}
            </ul>
          </nav>
          ${routes.map((route) => routeSection(route, info))}
          <section aria-labelledby="problems">
            <h2 id="problems">Problems</h2>
            <p>Errors are problem details (RFC 9457, <code>application/problem+json</code>).</p>
            <table>
              <caption>
                Every problem, by code
              </caption>
              <thead>
                <tr>
                  <th scope="col">Code</th>
                  <th scope="col">Status</th>
                  <th scope="col">Meaning</th>
                </tr>
              </thead>
              <tbody>
                ${Object.entries(problems).map(
                  ([code, { status, title }]) =>
                    html`<tr id="problem-${code}">
                      <th scope="row"><code>${code}</code></th>
                      <td>${status}</td>
                      <td>${title}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </section>
          <section aria-labelledby="document">
            <h2 id="document">Document</h2>
            <details>
              <summary>The whole OpenAPI document, with its schemas</summary>
              <pre tabindex="0" aria-label="OpenAPI document">${schemas}</pre>
            </details>
          </section>
        </main>
      </body>
    </html> `;
}

const routeSection = (route: Route, info: ApiInfo) =>
  html`<section aria-labelledby="${route.operationId}">
    <h3 id="${route.operationId}"><code>${route.method} ${info.basePath}${route.path}</code></h3>
    <p>${route.summary}${route.guard === undefined ? '' : ' Needs a bearer token.'}</p>
    <table>
      <caption>
        Answers
      </caption>
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        ${route.responses.map(
          ({ status, description }) =>
            html`<tr>
              <th scope="row">${status}</th>
              <td>${description}</td>
            </tr>`,
        )}${problemsOf(route).map(
          (code) =>
            html`<tr>
              <th scope="row">${problems[code].status}</th>
              <td>
                <a href="#problem-${code}"><code>${code}</code></a>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section> `;
