
namespace SegFunctions.Customers.Intake.Sensitive;

/// <summary>A form that a single value can have.</summary>
internal enum SensitiveForm : byte
{
    None,
    Card,
    Iban,
    Secret,
    Nir,
    SteuerId,
    Dni,
    CodiceFiscale,
    Bsn,
    Nino,
    Ssn,

    /// <summary>A telephone number with its sign of a country, or in groups.</summary>
    Phone,
}

/// <summary>Recognises the form of single values. Nothing is allocated.</summary>
internal static class SensitiveForms
{
    public const int Count = (int)SensitiveForm.Phone + 1;

    private const int LongestNumber = 42;

    private static readonly byte[][] SecretStarts =
    [
        .. new[]
        {
            "$2a$", "$2b$", "$2y$", "$argon2", "$pbkdf2", "$scrypt$", "$1$", "$5$", "$6$", "$P$", "$H$", "{SSHA}", "{SHA}", "{MD5}", "{bcrypt}", "pbkdf2_sha", "bcrypt$", "scrypt:",
            "sk_live_", "sk_test_", "rk_live_", "AKIA", "ASIA", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "AIza", "ya29.", "SG.", "npm_", "sk-ant-", "sk-proj-", "-----BEGIN",
        }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    /// <summary>The form of a value without blanks around it.</summary>
    public static SensitiveForm Of(ReadOnlySpan<byte> value)
    {
        if (value.Length < 8)
            return SensitiveForm.None;
        if (IsSecret(value))
            return SensitiveForm.Secret;
        if (value.Length > LongestNumber)
            return SensitiveForm.None;
        var first = value[0];
        var isNumber = first is >= (byte)'0' and <= (byte)'9' or (byte)'+' or (byte)'(';
        if (!isNumber && !char.IsAsciiLetter((char)first))
            return SensitiveForm.None;
        if (CheckDigits.IsSsn(value))
            return SensitiveForm.Ssn;
        Span<byte> bare = stackalloc byte[LongestNumber];
        var length = Bare(value, bare, out var digits);
        bare = bare[..length];
        if (length > 0)
        {
            if (digits == length && CheckDigits.IsCard(bare))
                return SensitiveForm.Card;
            if (!isNumber && CheckDigits.IsIban(bare))
                return SensitiveForm.Iban;
            if (CheckDigits.IsNir(bare))
                return SensitiveForm.Nir;
            if (digits == 11 && CheckDigits.IsSteuerId(bare))
                return SensitiveForm.SteuerId;
            if (CheckDigits.IsDni(bare))
                return SensitiveForm.Dni;
            if (CheckDigits.IsCodiceFiscale(bare))
                return SensitiveForm.CodiceFiscale;
            if (value.Length == 9 && CheckDigits.IsBsn(bare))
                return SensitiveForm.Bsn;
            if (CheckDigits.IsNino(bare))
                return SensitiveForm.Nino;
        }

        return isNumber && PhoneText.IsPhone(value) ? SensitiveForm.Phone : SensitiveForm.None;
    }

    /// <summary>How likely a value that looks alike, but is something else, passes the form's check.</summary>
    public static double ChanceOf(SensitiveForm form) => form switch
    {
        SensitiveForm.Card or SensitiveForm.SteuerId => 0.1,
        SensitiveForm.Iban or SensitiveForm.Secret or SensitiveForm.Phone => 0.001,
        SensitiveForm.Nir => 1.0 / 97,
        SensitiveForm.Dni => 1.0 / 23,

        // Letters and digits stand in places of their own, beside the check.
        SensitiveForm.CodiceFiscale => 0.01,
        SensitiveForm.Bsn => 1.0 / 11,

        // No check digit, but a form that hardly anything else has.
        _ => 0.1,
    };

    public static SensitiveKind KindOf(SensitiveForm form) => form switch
    {
        SensitiveForm.Card => SensitiveKind.Card,
        SensitiveForm.Iban => SensitiveKind.BankAccount,
        SensitiveForm.Secret => SensitiveKind.Secret,
        _ => SensitiveKind.NationalId,
    };

    /// <summary>What the form is called.</summary>
    public static string NameOf(SensitiveForm form) => form switch
    {
        SensitiveForm.Nir => "NIR (FR)",
        SensitiveForm.SteuerId => "Steuer-ID (DE)",
        SensitiveForm.Dni => "DNI/NIE (ES)",
        SensitiveForm.CodiceFiscale => "codice fiscale (IT)",
        SensitiveForm.Bsn => "BSN (NL)",
        SensitiveForm.Nino => "NINO (UK)",
        SensitiveForm.Ssn => "SSN (US)",
        SensitiveForm.Iban => "IBAN",
        _ => form.ToString(),
    };

    private static bool IsSecret(ReadOnlySpan<byte> value)
    {
        // A token of three parts: header, claims, signature.
        if (value.StartsWith("eyJ"u8) && value.Length >= 32)
            return value.Count((byte)'.') >= 2 && value.IndexOf((byte)' ') < 0;
        if (value.Length < 16 || !(char.IsAsciiLetter((char)value[0]) || value[0] is (byte)'$' or (byte)'{' or (byte)'-'))
            return false;
        foreach (var start in SecretStarts)
        {
            if (value.StartsWith(start))
                return start[0] == '-' || value.IndexOf((byte)' ') < 0;
        }

        return false;
    }

    /// <summary>Letters (as capitals) and digits without single blanks, dashes and points between them; 0 when anything else stands there.</summary>
    private static int Bare(ReadOnlySpan<byte> value, Span<byte> bare, out int digits)
    {
        var length = 0;
        digits = 0;
        var wasSeparator = false;
        foreach (var character in value)
        {
            if (char.IsAsciiLetterOrDigit((char)character))
            {
                wasSeparator = false;
                digits += char.IsAsciiDigit((char)character) ? 1 : 0;
                bare[length++] = character is >= (byte)'a' and <= (byte)'z' ? (byte)(character - 32) : character;
            }
            else if (character is (byte)' ' or (byte)'-' && !wasSeparator)
            {
                wasSeparator = true;
            }
            else
            {
                return 0;
            }
        }

        return length;
    }
}
