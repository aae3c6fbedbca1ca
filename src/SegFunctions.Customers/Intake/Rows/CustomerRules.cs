using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;

namespace SegFunctions.Customers.Intake.Rows;

/// <summary>Keeps of direct identifiers only what tells nobody from a thousand others.</summary>
/// <remarks>
/// <c>postalArea</c>: the first two characters of the postal code. <c>birthYears</c>: the five years that hold the birth (<c>1980-1984</c>).
/// <c>ageBand</c>: five years of age (<c>40-44</c>), <c>85+</c> above. <c>hasEmail</c>, <c>hasPhone</c>: reachable or not; empty where the
/// file has no such column. Town, street, names, company, addresses and the day of birth are sealed.
/// </remarks>
internal sealed class CustomerRules : RowRules
{
    public override IReadOnlyList<string> Derived => ["postalArea", "birthYears", "ageBand", "hasEmail", "hasPhone"];

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
        public static readonly int PostalCode = DatasetCatalog.Customers.IndexOf("postalCode");
        public static readonly int BirthDate = DatasetCatalog.Customers.IndexOf("birthDate");
        public static readonly int Age = DatasetCatalog.Customers.IndexOf("age");
        public static readonly int Email = DatasetCatalog.Customers.IndexOf("email");
        public static readonly int Phone = DatasetCatalog.Customers.IndexOf("phone");
    }
}
