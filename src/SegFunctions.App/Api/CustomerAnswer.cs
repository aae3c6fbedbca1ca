using SegFunctions.App.Memberships;
using SegFunctions.Customers;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Segments.Profiles;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Api;

/// <summary>One customer: segments, scores and facts, with reasons.</summary>
/// <param name="Customer">The customer's key; look it up again as <c>key:…</c>.</param>
/// <param name="Contact">What speaks against writing to the customer, as of the run; empty where nothing is known to.</param>
public sealed record CustomerAnswer(
    string Customer, IReadOnlyList<MembershipAnswer> Memberships, ScoresAnswer Scores, IReadOnlyList<ContactAnswer> Contact, CustomerFacts Facts, RunStamp Run)
{
    /// <param name="asked">The key that was asked for: whether another record is newer is told of this one.</param>
    internal static CustomerAnswer From(
        MembershipDocument document, CustomerKey asked, IReadOnlyDictionary<string, string> names, RunStamp stamp, Language language)
    {
        var customer = document.Customer;
        return new CustomerAnswer(
            customer.Customer,
            [
                .. customer.Memberships.Select(membership => new MembershipAnswer(
                    membership.Segment,
                    membership.Kind.ToString().ToLowerInvariant(),
                    names.GetValueOrDefault(membership.Segment, membership.Segment),
                    document.Since[membership.Segment],
                    membership.Score,
                    [.. membership.Reasons.Select(reason => reason.In(language))])),
            ],
            new ScoresAnswer(
                customer.Rfm, customer.Cluster, ChurnAnswer.From(customer.Churn, language),
                LifetimeAnswer.From(customer.Lifetime, language), NextAnswer.From(customer.Next, language), MigrationAnswer.From(customer.Migration, names, language)),
            ContactAnswer.From(document, asked, language),
            customer.Facts,
            stamp);
    }
}

/// <summary>That a customer belongs to a segment, since when, how strongly and why.</summary>
/// <param name="Kind"><c>stage</c>, <c>rfm</c>, <c>cluster</c>, <c>micro</c>, <c>rule</c> or <c>prediction</c>.</param>
/// <param name="Score">Typicality of a cluster, probability of a prediction; null where the kind has no measure.</param>
public sealed record MembershipAnswer(
    string Segment, string Kind, string Name, DateTimeOffset Since, double? Score, IReadOnlyList<string> Reasons);

/// <summary>What the models say of a customer; null where a model does not exist or does not apply.</summary>
public sealed record ScoresAnswer(RfmStanding? Rfm, ClusterStanding? Cluster, ChurnAnswer? Churn, LifetimeAnswer? Lifetime, NextAnswer? Next, MigrationAnswer? Migration);

/// <summary>The churn prediction for a customer.</summary>
/// <param name="AtRisk">False for a customer who never bought or has lapsed already; then there is no probability.</param>
/// <param name="Probability">That no purchase comes within the horizon.</param>
/// <param name="Model"><c>logistic</c>, <c>trees</c> or <c>blend</c> of both, or <c>baseline</c> where no learned model was surely better.</param>
/// <param name="ValueAtRisk">What the customer is expected to spend within the horizon × probability.</param>
/// <param name="ValueBand">How much of all value at risk the customer holds, in one word.</param>
public sealed record ChurnAnswer(
    bool AtRisk, double? Probability, ChurnBand? Band, int HorizonDays, string Model, IReadOnlyList<string> Reasons,
    double? ValueAtRisk, ChurnBand? ValueBand)
{
    internal static ChurnAnswer? From(ChurnStanding? churn, Language language) => churn is null
        ? null
        : new ChurnAnswer(
            churn.AtRisk, churn.Probability, churn.Band, churn.HorizonDays, churn.Model, [.. churn.Reasons.Select(reason => reason.In(language))],
            churn.ValueAtRisk, churn.ValueBand);
}

/// <summary>Which customers to look up.</summary>
/// <param name="Ids">1 to 100 raw ids, or keys as <c>key:…</c>.</param>
/// <param name="Source">Namespace of the raw ids; <c>default</c> when absent.</param>
public sealed record LookupRequest(IReadOnlyList<string>? Ids, string? Source);

/// <summary>What was found, one entry an id, in the order of the request.</summary>
public sealed record LookupAnswer(IReadOnlyList<LookupResult> Results, RunStamp Run);

/// <param name="Customer">Null where the run knows no such customer.</param>
public sealed record LookupResult(string Id, CustomerAnswer? Customer);
