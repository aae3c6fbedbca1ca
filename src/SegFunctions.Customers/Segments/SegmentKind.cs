using System.Text.Json.Serialization;

namespace SegFunctions.Customers.Segments;

/// <summary>What makes customers members of a segment. JSON spells the names in lower case.</summary>
[JsonConverter(typeof(SegmentKindConverter))]
public enum SegmentKind
{
    /// <summary>Where the customer stands in the life cycle.</summary>
    Stage,

    /// <summary>Recency, frequency and monetary scores.</summary>
    Rfm,

    /// <summary>Likeness of behaviour, learned.</summary>
    Cluster,

    /// <summary>A finer group inside a cluster, learned.</summary>
    Micro,

    /// <summary>A rule that a person wrote.</summary>
    Rule,

    /// <summary>The score of a model.</summary>
    Prediction,
}

internal sealed class SegmentKindConverter() : JsonStringEnumConverter<SegmentKind>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false);
