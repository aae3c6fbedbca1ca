using System.Text.Json.Nodes;

namespace SegFunctions.App.Api.Privacy;

/// <summary>Everything that is held on a person.</summary>
/// <param name="Keys">The customer keys that are this person: the one asked for first.</param>
/// <param name="Identifiers">What the vault holds, a row each, with the dataset and upload it came from.</param>
/// <param name="Datasets">The rows of each dataset.</param>
/// <param name="Refused">Refused rows that name the person, as they were sent.</param>
/// <param name="Memberships">Segments, scores and reasons, one a key that is served; as the look-up gives them.</param>
/// <param name="Consents">What counts, with every word that was said.</param>
/// <param name="Audit">Who has looked at it.</param>
public sealed record AccessAnswer(
    string Customer, DateTimeOffset At, IReadOnlyList<string> Keys, IReadOnlyList<HeldRow> Identifiers, IReadOnlyList<HeldDataset> Datasets,
    IReadOnlyList<HeldRow> Refused, IReadOnlyList<CustomerAnswer> Memberships, IReadOnlyList<ConsentAnswer> Consents, IReadOnlyList<AuditAnswer> Audit);

/// <summary>The rows of one dataset that are about the person.</summary>
public sealed record HeldDataset(string Dataset, IReadOnlyList<HeldRow> Rows);

/// <summary>One row.</summary>
/// <param name="Upload">The upload that brought it.</param>
/// <param name="Values">Columns that have a value.</param>
public sealed record HeldRow(string Dataset, string Upload, JsonObject Values);

/// <summary>The accesses to a customer's data.</summary>
public sealed record AuditList(IReadOnlyList<AuditAnswer> Entries);

/// <summary>One access.</summary>
/// <param name="Who">Name of the principal that the platform has authenticated, else <c>api-key</c>.</param>
/// <param name="What">Which door.</param>
/// <param name="Purpose">What for; <c>unstated</c> where the caller named none.</param>
public sealed record AuditAnswer(DateTimeOffset At, string Who, string What, string Purpose);
