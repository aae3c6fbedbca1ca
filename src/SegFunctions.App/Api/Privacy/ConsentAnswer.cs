using SegFunctions.Customers.Privacy.Consents;

namespace SegFunctions.App.Api.Privacy;

/// <summary>What a customer allows, by purpose, with every word that was said.</summary>
public sealed record ConsentList(string Customer, IReadOnlyList<ConsentAnswer> Consents);

/// <summary>One purpose.</summary>
/// <param name="Allowed">What counts now.</param>
/// <param name="Because"><c>granted</c>, <c>denied</c>, <c>expired</c>, or <c>nothing said</c>: then the house's policy counts.</param>
/// <param name="History">Newest first.</param>
public sealed record ConsentAnswer(string Purpose, bool Allowed, string Because, IReadOnlyList<ConsentStatementAnswer> History)
{
    internal static IReadOnlyList<ConsentAnswer> From(IReadOnlyDictionary<ConsentPurpose, ConsentHistory> said, ConsentPolicy policy, DateTime moment) =>
    [
        .. ConsentPurposes.All.Select(purpose =>
        {
            var history = said.GetValueOrDefault(purpose, ConsentHistory.Empty);
            var because = history.At(moment) switch
            {
                null => "nothing said",
                { IsGranted: false } => "denied",
                _ => history.Answer(moment) == true ? "granted" : "expired",
            };
            return new ConsentAnswer(
                purpose.Word(), policy.Allows(purpose, history, moment), because, [.. history.Records.Select(ConsentStatementAnswer.From)]);
        }),
    ];
}

/// <summary>One word of the customer.</summary>
/// <param name="Status"><c>granted</c> or <c>denied</c>.</param>
public sealed record ConsentStatementAnswer(string Status, DateTimeOffset Timestamp, string? Source, DateTimeOffset? Expires, string? Proof)
{
    internal static ConsentStatementAnswer From(ConsentRecord record) => new(
        record.IsGranted ? "granted" : "denied", new DateTimeOffset(record.At, TimeSpan.Zero), record.Source,
        record.Expires is { } end ? new DateTimeOffset(end, TimeSpan.Zero) : null, record.Proof);
}

/// <summary>A word of a customer, as a preference page sends it. It counts at once.</summary>
/// <param name="Purpose"><c>analytics</c>, <c>profiling</c>, <c>marketing</c> or <c>activation</c>.</param>
/// <param name="Status"><c>granted</c> or <c>denied</c>.</param>
/// <param name="Timestamp">When it was said; now when absent.</param>
/// <param name="Expires">When it ends by itself; never when absent.</param>
/// <param name="Proof">A reference to the evidence.</param>
public sealed record ConsentRequest(string? Purpose, string? Status, DateTimeOffset? Timestamp, string? Source, DateTimeOffset? Expires, string? Proof);
