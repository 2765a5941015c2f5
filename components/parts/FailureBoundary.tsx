import { Component, type ErrorInfo, type ReactNode } from "react";
import { CopyButton } from "./CopyButton.tsx";
import { describeFailure } from "./describe-failure.ts";
import { Icon } from "./Icon.tsx";
import { strings } from "./strings.ts";

interface FailureBoundaryProps {
  readonly children: ReactNode;
  readonly version: string;
}

interface FailureBoundaryState {
  readonly error?: unknown;
  readonly stack?: string;
}

/** When Hopscope itself fails while showing something, says so instead of showing nothing. */
export class FailureBoundary extends Component<FailureBoundaryProps, FailureBoundaryState> {
  override state: FailureBoundaryState = {};

  static getDerivedStateFromError(error: unknown): FailureBoundaryState {
    return { error: error ?? new Error("nothing was thrown") };
  }

  override componentDidCatch(_error: unknown, info: ErrorInfo) {
    this.setState({ stack: info.componentStack ?? "" });
  }

  override render() {
    const { error, stack = "" } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <FailureCard
        details={describeFailure(error, stack, this.props.version)}
        onRetry={() => this.setState({ error: undefined, stack: "" })}
      />
    );
  }
}

export function FailureCard({ details, onRetry }: { readonly details: string; readonly onRetry?: () => void }) {
  return (
    <main className="failure-card">
      <h1 role="alert">
        <Icon name="warning" /> {strings.failed.title}
      </h1>
      <p>{strings.failed.explanation}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard */}
      <pre tabIndex={0}>{details}</pre>
      <div className="actions">
        <CopyButton text={details} label={strings.failed.copy} isPrimary />
        {onRetry && (
          <button type="button" className="button" onClick={onRetry}>
            {strings.failed.again}
          </button>
        )}
      </div>
    </main>
  );
}
