import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { Fragment, type ReactNode } from "react";
import { CodeBlock } from "@/components/parts/CodeBlock.tsx";
import { Icon } from "@/components/parts/Icon.tsx";

interface MarkdownProps {
  readonly text: string;
  /** Address for a word in code style that names another page, or undefined. */
  readonly hrefOfName: (name: string) => string | undefined;
}

/** A page of our own documentation as elements. What it has no element for (HTML, pictures) is left out. */
export function Markdown({ text, hrefOfName }: MarkdownProps) {
  return <>{render(fromMarkdown(text), hrefOfName)}</>;
}

function render(node: Nodes, hrefOfName: MarkdownProps["hrefOfName"]): ReactNode {
  const children =
    "children" in node
      ? node.children.map((child, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a page never changes while it is shown
          <Fragment key={index}>{render(child, hrefOfName)}</Fragment>
        ))
      : undefined;
  switch (node.type) {
    case "root":
      return children;
    case "text":
      return node.value;
    case "heading":
      return node.depth === 1 ? <h2>{children}</h2> : <h3>{children}</h3>;
    case "paragraph":
      return <p>{children}</p>;
    case "emphasis":
      return <em>{children}</em>;
    case "strong":
      return <strong>{children}</strong>;
    case "list":
      return node.ordered ? <ol>{children}</ol> : <ul>{children}</ul>;
    case "listItem":
      return <li>{children}</li>;
    case "inlineCode": {
      const href = hrefOfName(node.value);
      return href === undefined ? (
        <code>{node.value}</code>
      ) : (
        <a href={href}>
          <code>{node.value}</code>
        </a>
      );
    }
    case "code":
      return <CodeBlock language={node.lang ?? ""} text={node.value} />;
    case "link":
      return node.url.startsWith("https://") ? (
        <a href={node.url} target="_blank" rel="noreferrer">
          {children}
          <Icon name="open" />
        </a>
      ) : (
        children
      );
    default:
      return null;
  }
}
