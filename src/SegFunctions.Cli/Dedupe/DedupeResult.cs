using SegFunctions.Customers.Identity.Linking;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Dedupe;

/// <summary>What <c>dedupe --json</c> prints.</summary>
/// <param name="RepeatedIds">Ids that stand on several rows; each row has its line in the result all the same.</param>
/// <param name="Clusters">People or companies, those with one record included.</param>
/// <param name="Duplicates">Records beyond the first of each cluster.</param>
/// <param name="ExpectedPrecision">Share of the applied links that are right, by the model.</param>
/// <param name="Reviews">Pairs that wait for a human.</param>
internal sealed record DedupeResult(
    string File,
    int Rows,
    int RepeatedIds,
    int Clusters,
    int Duplicates,
    int Links,
    int Reviews,
    double ExpectedPrecision,
    long Candidates,
    IReadOnlyList<ComparedColumn> Columns,
    IReadOnlyList<SkippedColumn> Unused,
    IReadOnlyList<BlockedIdentifier> Blocked,
    IReadOnlyList<RefusedGroup> Refused,
    IReadOnlyList<ReviewedPair> Review,
    ClusterChanges? Changes,
    PairEvidence? Explanation,
    DedupeSeconds Seconds);

internal sealed record ComparedColumn(string Column, string Field, string Evidence);

internal sealed record SkippedColumn(string Column, string Reason);

internal sealed record BlockedIdentifier(string Column, int Records, Bilingual Reason);

/// <param name="Ids">Of the first records.</param>
internal sealed record RefusedGroup(int Records, IReadOnlyList<string> Ids);

internal sealed record ReviewedPair(string Left, string Right, double Probability, string Reason, Bilingual Evidence);

/// <summary>What this result does to an earlier one, or what other settings would do to this one.</summary>
/// <param name="Of"><c>result</c>: what this result changes in that of the file; <c>settings</c>: what those of the file would change in this one.</param>
/// <param name="Merges">Clusters here that hold records of several before.</param>
/// <param name="Splits">Clusters before whose records stand in several here.</param>
/// <param name="Moved">Records whose cluster has other members than before.</param>
/// <param name="OnlyBefore">Ids of the earlier result that this file has not.</param>
/// <param name="OnlyNow">Ids of this file that the earlier result has not.</param>
internal sealed record ClusterChanges(string File, string Of, int Merges, int Splits, int Moved, int OnlyBefore, int OnlyNow);

internal sealed record DedupeSeconds(double Read, double Link, double Total);
