import { problems } from '../kernel/problem.js';

export const ImpactPeriodProblems = problems('impact_period', {
  notFound: { status: 404, title: 'There is no such impact period' },
  exists: { status: 409, title: 'This quarter has a period already' },
  notCorrectable: { status: 409, title: 'Only the published version can be corrected' },
  notEnded: { status: 409, title: 'The quarter is still running' },
  wrongState: { status: 409, title: 'This step does not come next' },
  snapshotDiffers: { status: 409, title: 'The data is not what was frozen' },
  oneSided: { status: 422, title: 'A report needs an economic, a social and a cultural figure' },
  discloses: { status: 409, title: 'The report would tell of single people or spaces' },
});

export const ExitSurveyProblems = problems('exit_survey', {
  visitNotFound: { status: 404, title: 'There is no such visit of yours' },
  notCheckedOut: { status: 409, title: 'The visit is not over' },
  answered: { status: 409, title: 'This visit has its answer' },
  consentNeeded: { status: 422, title: 'Answers are kept with consent only' },
});

export const DeclarationProblems = problems('impact_declaration', {
  notDeclarable: { status: 422, title: 'This figure is not declared by spaces' },
});
