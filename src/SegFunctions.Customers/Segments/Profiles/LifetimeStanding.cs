using System.Text.Json.Serialization;
using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Profiles;

/// <summary>What a customer is expected to bring.</summary>
public sealed record LifetimeStanding
{
    /// <summary>Probability of still being a customer; 2 decimals. Null where it cannot be seen that customers drop out for good.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PAlive { get; init; }

    /// <summary>Order days in the horizon; 1 decimal.</summary>
    public required double ExpectedOrders { get; init; }

    public required int HorizonDays { get; init; }

    /// <summary>Customer lifetime value: what those orders are expected to bring, discounted; 3 digits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Clv { get; init; }

    /// <summary>Lower end of the interval in which what this customer brings will lie; 3 digits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ClvLow { get; init; }

    /// <summary>Upper end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ClvHigh { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueBand? Band { get; init; }

    /// <summary>UTC day on which the next order is expected; null where none is likely soon.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? NextOrder { get; init; }

    /// <summary><c>bgnbd</c>, <c>mbgnbd</c>, <c>paretonbd</c>, or <c>nbd</c>, a rate between the own one and that of all, where none was surely better.</summary>
    public required string Model { get; init; }

    /// <summary>In words.</summary>
    public required IReadOnlyList<Bilingual> Reasons { get; init; }
}
