using System.Text.Json.Serialization;
using SegFunctions.App.Identity;
using SegFunctions.App.Memberships;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Predictions.CrossSell;
using SegFunctions.Customers.Predictions.Migration;
using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Api;

/// <summary>A run: what it does while it works, what it came to when it has ended.</summary>
/// <param name="Status"><c>running</c>, <c>completed</c>, <c>failed</c> or <c>terminated</c>.</param>
/// <param name="Trigger"><c>http</c>, <c>timer</c> or <c>upload</c>.</param>
/// <param name="Progress">What it is doing now; null when it has ended.</param>
/// <param name="ClusterChanges">Clusters that came, went, split or merged since the run before, one sentence each.</param>
/// <param name="Lifetime">How orders and value to come and the next order day are told, and how good that is.</param>
/// <param name="NextProducts">How the next products are told, and how good that is.</param>
/// <param name="NextCategories">The same of categories.</param>
/// <param name="Migration">How well moves between segments are told; where each segment's customers go stands with the segment.</param>
/// <param name="Identity">Who is one person or company: how many, how sure, and what was left to humans.</param>
/// <param name="RowsWritten">Rows of the published tables that had changed.</param>
public sealed record RunAnswer(
    string Id, string Status, string Trigger, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, RunProgress? Progress,
    DateTimeOffset? AsOf, string? AsOfReason, int? Seed, int? Customers, long? OrderLines, long? RowsWritten,
    string? Clustering, IReadOnlyList<string>? ClusterChanges, ChurnReport? Churn,
    ValueReport? Lifetime, CrossSellReport? NextProducts, CrossSellReport? NextCategories, MigrationReport? Migration, IdentityReport? Identity, string? Error)
{
    internal static RunAnswer From(RunRecord run, RunProgress? progress, Language language) => new(
        run.Id, run.Status.ToString().ToLowerInvariant(), run.Trigger, run.StartedAt, run.EndedAt, progress,
        run.AsOf, run.AsOfReason?.In(language), run.Seed, run.Customers, run.OrderLines, run.RowsWritten,
        run.Clustering?.In(language), run.ClusterChanges?.Select(change => change.In(language)).ToArray(), run.Churn,
        run.Lifetime, run.NextProducts, run.NextCategories, run.Migration, run.Identity, run.Error);
}

/// <summary>How far a run is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Done">Steps that are done.</param>
/// <param name="Total">Steps in all.</param>
public sealed record RunProgress(string Stage, int Done, int Total);

/// <summary>All runs, newest first.</summary>
public sealed record RunList(IReadOnlyList<RunAnswer> Runs);

/// <summary>What a run may be asked for.</summary>
/// <param name="AsOf">Look at the data as of this moment instead of the rule's; without an offset it is UTC.</param>
/// <param name="Seed">Seed of everything random; 1 when absent.</param>
public sealed record RunRequest([property: JsonConverter(typeof(UtcMomentConverter))] DateTimeOffset? AsOf, int? Seed);

/// <summary>The run that has been started.</summary>
public sealed record RunStarted(string Id, string Location);
