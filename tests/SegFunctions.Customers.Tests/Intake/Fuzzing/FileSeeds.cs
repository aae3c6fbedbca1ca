using System.Text;
using SegFunctions.Customers.Tests.Intake.Archives;
using SegFunctions.Customers.Tests.Intake.Encodings;
using SegFunctions.Customers.Tests.Intake.Spreadsheets;

namespace SegFunctions.Customers.Tests.Intake.Fuzzing;

/// <summary>Sound files of every form, which fuzzing makes unsound.</summary>
internal static class FileSeeds
{
    private const string Orders = "order id,customer id,date,amount,country,note\n1,A1,2024-01-31,\"1,250.50\",FR,\"said \"\"yes\"\"\"\n2,B2,2024-02-01T10:00:00+02:00,€ 12.5,Germany,\"two\nlines\"\n3,A1,45356,12 %,IT,=1+1\n";
    private const string French = "N° commande;Client;Date;Montant;Statut;Téléphone;E-mail\nF1;0042;05/03/2024 14:30;1 234,50 €;Retourné;+33 1 23 45 67 89;zoé@example.org\nF2;0043;25/03/2024;8,90;;NULL;\n";
    private const string Lines = "{\"customerId\": \"a\", \"timestamp\": \"2024-03-05T10:00:00Z\", \"amount\": 12.5, \"extra\": {\"deep\": [1, {\"x\": null}]}}\n{\"customerId\": \"b\", \"timestamp\": 1709630000, \"amount\": \"x\\u00e9\\ud83d\\ude00\"}\n";
    private const string Array = "{\"meta\": {\"page\": 1}, \"data\": [{\"customerId\": \"a\", \"timestamp\": \"2024-03-05\", \"amount\": 1},\n {\"customerId\": \"b\", \"timestamp\": \"2024-03-06\", \"amount\": 2}], \"next\": null}";

    public static IReadOnlyList<(string Name, byte[] Content)> All { get; } =
    [
        ("orders.csv", Bytes(Orders)),
        ("orders.csv", Bytes("\uFEFF" + Orders.Replace("\n", "\r\n", StringComparison.Ordinal))),
        ("french.csv", Encoding.Latin1.GetBytes(French)),
        ("french.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(French)]),
        ("french.txt", Encoding.BigEndianUnicode.GetBytes(French)),
        ("mojibake.csv", Bytes("customer id;date;amount;city\n1;13/02/2024;1,5;MÃ¼nchen\n2;02/13/2024;2.5;Köln\n")),
        ("cdnow.txt", Bytes(" 00001 19970101  1   11.77\n 00002 19970112  1   12.00\n")),
        ("tabs.tsv", Bytes("user_id\ttype\ttimestamp\turl\nu1\tview\t2024-01-01 10:00\thttps://example.org/?a=1\n")),
        ("people.csv", Bytes("customer id|first name|last name|email|date of birth|postcode\n7|Ann|Lee|ann@example.org|1980-02-30|AB1 2CD\n8|Bo|Ng||85|")),
        ("lines.ndjson", Bytes(Lines)),
        ("array.json", Bytes(Array)),
        ("array.json", Bytes("[" + Lines.Trim().Replace("}\n{", "},\n{", StringComparison.Ordinal) + "]")),
        ("orders.csv.gz", GzipContentStreamTests.Zip(Bytes(Orders))),
        ("lines.ndjson.gz", [.. GzipContentStreamTests.Zip(Bytes(Lines)), .. GzipContentStreamTests.Zip(Bytes(Lines))]),
        ("orders.zip", Zips.Of(("orders.csv", Orders))),
        ("months.zip", Zips.Of(("01.csv", Orders), ("02.csv", Orders), ("readme.txt", "hello"))),
        ("book.xlsx", Book()),
        ("book.xlsx.gz", GzipContentStreamTests.Zip(Book())),
        ("packed.zip", Zips.Of(("inner/book.xlsx", Book()))),
    ];

    private static byte[] Book() => new Workbooks().Sheet("Cover", "hidden").Row("x").Sheet("Orders")
        .Row("Report").Row("Order", "Customer", "Date", "Amount", "Paid")
        .Row(1, "A1", (45356.0, Workbooks.Date), (12.5, Workbooks.Euro), true)
        .Row(null, "B2", (45357.25, Workbooks.DateTime), (0.5, Workbooks.Percent), "<c r=\"@\" t=\"inlineStr\"><is><t>no &amp; no</t></is></c>")
        .Row(3, "A1", "2024-03-07", "1.250,00", "<c r=\"@\" t=\"e\"><v>#REF!</v></c>").Merge("A3:A4").ToBytes();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
