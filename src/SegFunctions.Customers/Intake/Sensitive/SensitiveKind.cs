using System.Text.Json.Serialization;

namespace SegFunctions.Customers.Intake.Sensitive;

/// <summary>What should not be stored unless it was asked for by name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SensitiveKind>))]
public enum SensitiveKind : byte
{
    /// <summary>Number of a payment card, or its check code.</summary>
    [JsonStringEnumMemberName("card")]
    Card,

    /// <summary>Number of a bank account.</summary>
    [JsonStringEnumMemberName("bank-account")]
    BankAccount,

    /// <summary>Password, hash of one, token, key of an interface.</summary>
    [JsonStringEnumMemberName("secret")]
    Secret,

    /// <summary>Number by which a state knows a person.</summary>
    [JsonStringEnumMemberName("national-id")]
    NationalId,

    /// <summary>Health (GDPR, article 9).</summary>
    [JsonStringEnumMemberName("health")]
    Health,

    /// <summary>Religion or philosophical belief (article 9).</summary>
    [JsonStringEnumMemberName("religion")]
    Religion,

    /// <summary>Racial or ethnic origin (article 9).</summary>
    [JsonStringEnumMemberName("ethnicity")]
    Ethnicity,

    /// <summary>Political opinion (article 9).</summary>
    [JsonStringEnumMemberName("politics")]
    Politics,

    /// <summary>Membership of a trade union (article 9).</summary>
    [JsonStringEnumMemberName("union")]
    Union,

    /// <summary>Sex life or sexual orientation (article 9).</summary>
    [JsonStringEnumMemberName("orientation")]
    Orientation,

    /// <summary>Biometric or genetic data (article 9).</summary>
    [JsonStringEnumMemberName("biometrics")]
    Biometrics,
}
