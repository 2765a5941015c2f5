import { Component, type ErrorInfo, type ReactNode } from "react";
import { CopyButton } from "./CopyButton.tsx";
import { describeFailure } from "./describe-failure.ts";
import { Icon } from "./Icon.tsx";
import { strings } from "./strings.ts";

interface FailureBoundaryProps {
  readonly children: ReactNode;
  readonly version: string;
  /** What it stands for when something fails: the whole page, or a part of one. */
  readonly extent: "page" | "part";
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
        extent={this.props.extent}
        details={describeFailure(error, stack, this.props.version)}
        onRetry={() => this.setState({ error: undefined, stack: "" })}
      />
    );
  }
}

interface FailureCardProps extends Pick<FailureBoundaryProps, "extent"> {
  readonly details: string;
  readonly onRetry: () => void;
}

function FailureCard({ extent, details, onRetry }: FailureCardProps) {
  const [Container, Title] = extent === "page" ? (["main", "h1"] as const) : (["section", "h2"] as const);
  return (
    <Container className="failure-card">
      <Title>
        <Icon name="warning" /> <span role="alert">{strings.failed.title}</span>
      </Title>
      <p>{strings.failed.explanation}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard */}
      <pre tabIndex={0}>{details}</pre>
      <div className="actions">
        <CopyButton text={details} label={strings.failed.copy} isPrimary />
        <button type="button" className="button" onClick={onRetry}>
          {strings.failed.again}
        </button>
      </div>
    </Container>
  );
}
