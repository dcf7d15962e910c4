/** How sure a figure is, in words: `high` from 0.9, `medium` from 0.7, `low` below. */
export function confidenceLevel(confidence: number): 'low' | 'medium' | 'high' {
  return confidence >= 0.9 ? 'high' : confidence >= 0.7 ? 'medium' : 'low';
}
