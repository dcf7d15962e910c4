/** Stands for style sheets and pictures where there is no browser to show them. */
export default '';
