using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Rows;

/// <summary>Keeps of direct identifiers only what tells nobody from a thousand others.</summary>
/// <remarks>
/// <c>postalArea</c>: the first two characters of the postal code. <c>birthYears</c>: the five years that hold the birth (<c>1980-1984</c>).
/// <c>ageBand</c>: five years of age (<c>40-44</c>), <c>85+</c> above. <c>hasEmail</c>, <c>hasPhone</c>: reachable or not; empty where the
/// file has no such column. Town, street, names, company, addresses and the day of birth are sealed.
/// </remarks>
internal sealed class CustomerRules : RowRules
{
    // The first day of the calendars of spreadsheets: it stands where no day was known.
    private static readonly long EarliestBirth = new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public override IReadOnlyList<string> Derived => ["postalArea", "birthYears", "ageBand", "hasEmail", "hasPhone"];

    public override void Check(RowValues row)
    {
        base.Check(row);
        if (row.Has(Fields.Email))
        {
            if (!ContactRules.IsAddress(row.Text(Fields.Email)))
                row.Find(DataRules.EmailSyntax, Fields.Email);
            else if (ContactRules.IsPlaceholder(row.Text(Fields.Email)))
                row.Find(DataRules.ContactPlaceholder, Fields.Email);
        }

        if (row.Has(Fields.Phone) && !ContactRules.IsPhone(row.Text(Fields.Phone)))
            row.Find(DataRules.PhoneDigits, Fields.Phone);
        if (row.Has(Fields.PostalCode) && row.Has(Fields.Country) && ContactRules.PostalFormsOf(row.Text(Fields.Country)) is { } forms && !ContactRules.HasForm(row.Text(Fields.PostalCode), forms))
            row.Find(DataRules.PostalCodeForm, Fields.PostalCode);
        CheckMoments(row);
    }

    public override void WriteDerived(int column, RowValues row, ByteWriter line)
    {
        switch (column)
        {
            case 0:
                WriteArea(row.Text(Fields.PostalCode), line);
                break;
            case 1 when row.Has(Fields.BirthDate):
                var first = new DateTime(row.Ticks(Fields.BirthDate)).Year / 5 * 5;
                WriteBand(first, first + 4, line);
                break;
            case 2 when row.Has(Fields.Age):
                var age = (int)row.Number(Fields.Age) / 5 * 5;
                if (age >= 85)
                    line.Add("85+"u8);
                else
                    WriteBand(age, age + 4, line);
                break;
            case 3:
                WritePresence(Fields.Email, row, line);
                break;
            case 4:
                WritePresence(Fields.Phone, row, line);
                break;
        }
    }

    private static void CheckMoments(RowValues row)
    {
        var (hasCreated, hasUpdated) = (row.Has(Fields.CreatedAt), row.Has(Fields.UpdatedAt));
        if (hasCreated && hasUpdated && row.Ticks(Fields.UpdatedAt) < row.Ticks(Fields.CreatedAt))
            row.Find(DataRules.EndBeforeStart, Fields.UpdatedAt);
        if (!row.Has(Fields.BirthDate))
            return;
        var birth = row.Ticks(Fields.BirthDate);
        var isBornLater = (hasCreated && birth > row.Ticks(Fields.CreatedAt)) || (hasUpdated && birth > row.Ticks(Fields.UpdatedAt));
        if (isBornLater || birth <= EarliestBirth)
            row.Find(DataRules.BirthDateImplausible, Fields.BirthDate);
    }

    private static void WriteArea(ReadOnlySpan<byte> postalCode, ByteWriter line)
    {
        // Two characters, not two bytes: a code may begin with any letter.
        var length = 0;
        for (var characters = 0; characters < 2 && length < postalCode.Length; characters++)
        {
            System.Text.Rune.DecodeFromUtf8(postalCode[length..], out _, out var used);
            length += used;
        }

        CsvText.Write(line, postalCode[..length]);
    }

    private static void WriteBand(int first, int last, ByteWriter line)
    {
        WriteNumber(first, line);
        line.Add((byte)'-');
        WriteNumber(last, line);
    }

    private static void WriteNumber(int number, ByteWriter line)
    {
        number.TryFormat(line.Reserve(11), out var length);
        line.Advance(length);
    }

    private static void WritePresence(int field, RowValues row, ByteWriter line)
    {
        if (row.IsPlanned(field))
            line.Add(row.Has(field) ? "true"u8 : "false"u8);
    }

    // Not fields of the rules themselves: the catalogue makes those before it knows its own positions.
    private static class Fields
    {
        public static readonly int Country = DatasetCatalog.Customers.IndexOf("country");
        public static readonly int CreatedAt = DatasetCatalog.Customers.IndexOf("createdAt");
        public static readonly int UpdatedAt = DatasetCatalog.Customers.IndexOf("updatedAt");
        public static readonly int PostalCode = DatasetCatalog.Customers.IndexOf("postalCode");
        public static readonly int BirthDate = DatasetCatalog.Customers.IndexOf("birthDate");
        public static readonly int Age = DatasetCatalog.Customers.IndexOf("age");
        public static readonly int Email = DatasetCatalog.Customers.IndexOf("email");
        public static readonly int Phone = DatasetCatalog.Customers.IndexOf("phone");
    }
}
