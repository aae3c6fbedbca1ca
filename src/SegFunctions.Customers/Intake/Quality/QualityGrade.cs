using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>How good a file is.</summary>
/// <param name="Letter"><c>A</c> (use it as it is) to <c>E</c> (do not use it before it is put right): the worst of the criteria.</param>
/// <param name="Verdict">What the letter means, in one sentence.</param>
/// <param name="Reasons">The criteria, worst first.</param>
public sealed record QualityGrade(string Letter, Bilingual Verdict, IReadOnlyList<GradeReason> Reasons);

/// <summary>One criterion of a grade.</summary>
/// <param name="Criterion"><c>acceptance</c>, <c>completeness</c>, <c>validity</c>, <c>uniqueness</c>, <c>timeliness</c> or <c>stability</c>.</param>
/// <param name="Letter"><c>A</c> to <c>E</c>.</param>
/// <param name="Why">What was measured.</param>
public sealed record GradeReason(string Criterion, string Letter, Bilingual Why);
