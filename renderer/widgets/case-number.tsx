interface CaseNumberProps {
  readonly number: string
}

/** A case number in even figures, never broken inside. */
export function CaseNumber({ number }: CaseNumberProps) {
  return <span className="case-number">{number}</span>
}
