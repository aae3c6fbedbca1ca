namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What a column that no field claims holds; canonical rows write its values accordingly.</summary>
internal enum AttributeType : byte
{
    /// <summary>Any text; also digits with leading zeros, which name something.</summary>
    Text,

    /// <summary>Written with a point and without grouping.</summary>
    Number,

    /// <summary>Written as ISO 8601, in UTC where there is a time.</summary>
    Date,

    /// <summary>Written as true or false.</summary>
    Boolean,
}
