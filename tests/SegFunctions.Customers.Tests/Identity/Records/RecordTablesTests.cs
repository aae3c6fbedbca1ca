using SegFunctions.Customers.Identity.Records;
using SegFunctions.Customers.Intake.Tables;

namespace SegFunctions.Customers.Tests.Identity.Records;

public sealed class RecordTablesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("segfunctions-records");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_birth_in_three_columns_is_one_date_and_a_year_without_its_day_stays_a_year()
    {
        var records = await ReadAsync("id,fname_c1,fname_c2,lname_c1,by,bm,bd\n1,ANNA,EVA,WEISS,1949,7,22\n2,ANNA,,WEISS,1949,7,22\n3,HEINZ,,OTTO,1972,,11\n");

        var birth = Assert.Single(records.Columns, column => column.Field == IdentityField.BirthDate);
        Assert.Equal(["1949-07-22", "1949-07-22", "1972"], Enumerable.Range(0, 3).Select(row => birth[row]));
        Assert.Equal(
            [("fname_c1", IdentityField.GivenName), ("fname_c2", IdentityField.MiddleName), ("lname_c1", IdentityField.FamilyName)],
            records.Columns.Where(column => column.Field != IdentityField.BirthDate).Select(column => (column.Name, column.Field)));
    }

    [Fact]
    public async Task Columns_that_only_sound_like_parts_of_a_birth_are_left_alone()
    {
        var records = await ReadAsync("id,name,by,bm,bd\n1,Ann Smith,Bob,x,y\n2,Eve Jones,Bob,x,z\n3,Ann Smith,Eve,x,y\n");
        Assert.DoesNotContain(records.Columns, column => column.Field == IdentityField.BirthDate);
    }

    [Fact]
    public async Task An_age_takes_part_where_no_day_of_birth_says_it()
    {
        var alone = await ReadAsync("id,name,age\n1,Ann Smith,30\n2,Eve Jones,41\n");
        Assert.Contains(alone.Columns, column => column.Field == IdentityField.Age);
        var both = await ReadAsync("id,name,age,dob\n1,Ann Smith,30,1990-01-02\n2,Eve Jones,41,1980-05-06\n");
        Assert.DoesNotContain(both.Columns, column => column.Field == IdentityField.Age);
        Assert.Contains(both.Unused, one => one.Column == "age");
    }

    [Theory]
    [InlineData("Palm Grill|The Blue Door|Rossi & Sons|Art's Delicatessen|Cafe Luna|Katsu", IdentityField.Company)]
    [InlineData("Ann Smith|Jean de la Tour|Maria Lopez Garcia|Bo Li|Otto Barth|Smith, John|Cher", IdentityField.FullName)]
    [InlineData("Иван Петров|Мария Орлова|王 芳|Ελένη Παππά|محمد المصري", IdentityField.FullName)]
    public async Task Names_say_themselves_whether_they_are_of_people_or_of_businesses(string names, IdentityField expected)
    {
        var rows = names.Split('|').Select((name, at) => $"{at},\"{name}\",{at} Oak Street\n");
        var records = await ReadAsync("id,name,address\n" + string.Concat(rows));
        Assert.Equal(expected, records.Columns.Single(column => column.Name == "name").Field);
    }

    private async Task<RecordSet> ReadAsync(string content)
    {
        var header = content[..content.IndexOf('\n', StringComparison.Ordinal)].Split(',');
        var path = Path.Combine(_folder.FullName, "table.csv");
        await File.WriteAllTextAsync(path, content);
        var file = await TableFile.ReadAsync(path, new TableFileOptions { Texts = header }, CancellationToken.None);
        return RecordTables.Read(file, file.Columns[0]);
    }
}
