using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Segments.Contacts;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Profiles;

/// <summary>All that a refresh knows of one customer, ready to be served.</summary>
/// <remarks>Numbers are rounded to the digits that mean something, so that the last bits of a sum never look like news.</remarks>
public sealed record CustomerProfile
{
    private static readonly CustomersJson Json = new(new JsonSerializerOptions(CustomersJson.Default.Options)
    {
        // Accents as they are: a third shorter than escapes.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    /// <summary>The key's 26 characters.</summary>
    public required string Customer { get; init; }

    /// <summary>Id of the stage's segment.</summary>
    public required string Stage { get; init; }

    /// <summary>Null without order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RfmStanding? Rfm { get; init; }

    /// <summary>Null without order, or where no clusters were found.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClusterStanding? Cluster { get; init; }

    /// <summary>Null where no churn model could be made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChurnStanding? Churn { get; init; }

    /// <summary>Null without purchase, or where orders to come are not told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LifetimeStanding? Lifetime { get; init; }

    /// <summary>Null where the orders name neither products nor categories.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NextItems? Next { get; init; }

    /// <summary>Null where no move is told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MigrationStanding? Migration { get; init; }

    /// <summary>What speaks against writing to the customer; null where nothing is known to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ContactFlag>? Contact { get; init; }

    public required CustomerFacts Facts { get; init; }

    /// <summary>One for each segment the customer is in: stage, RFM, cluster, finer group, predictions, in this order.</summary>
    public required IReadOnlyList<Membership> Memberships { get; init; }

    /// <summary>Compact JSON in UTF-8, properties in order of declaration: equal profiles give equal bytes.</summary>
    public byte[] ToUtf8Json() => JsonSerializer.SerializeToUtf8Bytes(this, Json.CustomerProfile);

    /// <summary>Reads what <see cref="ToUtf8Json"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are no profile.</exception>
    public static CustomerProfile FromUtf8Json(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Json.CustomerProfile) ?? throw new JsonException("A customer profile is an object, found null.");
}

/// <summary>Scores 1 to 5 and the id of the segment they make.</summary>
public sealed record RfmStanding(int Recency, int Frequency, int Monetary, string Segment);

/// <summary>The nearest cluster.</summary>
/// <param name="Segment">Id of the segment.</param>
/// <param name="Distance">To its centre, on the scale of the clustering; 3 decimals.</param>
/// <param name="Typicality">1 at the centre, 0 half-way to the next; 3 decimals.</param>
public sealed record ClusterStanding(string Segment, double Distance, double Typicality);

/// <summary>The churn prediction.</summary>
public sealed record ChurnStanding
{
    /// <summary>False for a customer who never bought or has lapsed already; then there is no probability.</summary>
    public required bool AtRisk { get; init; }

    /// <summary>That no purchase comes within the horizon; 3 decimals.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Probability { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChurnBand? Band { get; init; }

    /// <summary>What the customer is expected to spend within the horizon × probability; 3 digits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValueAtRisk { get; init; }

    /// <summary>How much of all value at risk the customer holds, in one word.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChurnBand? ValueBand { get; init; }

    public required int HorizonDays { get; init; }

    /// <summary><c>logistic</c>, <c>trees</c>, <c>blend</c> or <c>baseline</c>.</summary>
    public required string Model { get; init; }

    /// <summary>In words, the weightiest first.</summary>
    public required IReadOnlyList<Bilingual> Reasons { get; init; }
}

/// <summary>The key features as of the refresh; what does not exist is left out.</summary>
public sealed record CustomerFacts
{
    public required int Orders { get; init; }

    /// <summary>2 decimals.</summary>
    public required double Revenue { get; init; }

    /// <summary>2 decimals.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AverageBasket { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RecencyDays { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TenureDays { get; init; }

    /// <summary>Mean days between the customer's own order days; 1 decimal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? UsualGapDays { get; init; }

    /// <summary>3 decimals.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ReturnShare { get; init; }

    /// <summary>UTC.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? FirstOrder { get; init; }

    /// <summary>UTC.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? LastOrder { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Country { get; init; }
}
