import Diagnostics
import Reports
import Testing

@Suite struct PredictedImagesTests {
  private let images = PredictedImages(
    names: ["a.png", "=b\u{1B}.png"], places: [0, 2], classNames: ["cat", "dog", "owl"],
    probabilities: [0.25, 0.7, 0.05, 0.4, 0.2, 0.4])

  @Test func `a table has the class and the runner-up, the lower of equals first`() {
    #expect(
      images.text(.table, top: 2) == """
        image   class  probability  runner-up  probability
        a.png   dog         0.7000  cat             0.2500
        =b.png  cat         0.4000  owl             0.4000

        """)
  }

  @Test func `where room is short, no probability stands without its class`() {
    #expect(
      images.text(.table, top: 2, width: 40) == """
        image   class  probability  runner-up
        a.png   dog         0.7000  cat
        =b.png  cat         0.4000  owl
        no room for: probability

        """)
    let narrow = images.text(.table, top: 2, width: 36)
    #expect(narrow.hasPrefix("image   class  probability\na.png   dog         0.7000\n"))
    #expect(narrow.hasSuffix("no room for: runner-up, probability\n"))
  }

  @Test func `more than two classes of each image have a line each, which any width has room for`()
  {
    #expect(
      images.text(.table, top: 3, width: 32) == """
        image   class  probability
        a.png   dog         0.7000
                cat         0.2500
                owl         0.0500
        =b.png  cat         0.4000
                owl         0.4000
                dog         0.2000

        """)
  }

  @Test func `CSV has all digits, and neither formulas nor control characters`() {
    #expect(
      images.text(.csv, top: 3) == """
        image,class,probability,class_2,probability_2,class_3,probability_3
        a.png,dog,0.7,cat,0.25,owl,0.05
        '=b\u{FFFD}.png,cat,0.4,owl,0.4,dog,0.2

        """)
  }

  @Test func `JSON has an object for each image`() {
    #expect(
      images.text(.json, top: 1) == """
        [
          {
            "image": "a.png",
            "index": 0,
            "predictions": [{"class": "dog", "class_index": 1, "probability": 0.7}]
          },
          {
            "image": "=b\\u001b.png",
            "index": 2,
            "predictions": [{"class": "cat", "class_index": 0, "probability": 0.4}]
          }
        ]

        """)
  }

  @Test func `what is no number is the least probable`() {
    let images = PredictedImages(
      names: ["a"], places: [0], classNames: ["x", "y"], probabilities: [.nan, 0.5])
    #expect(images.text(.csv, top: 2).hasSuffix("a,y,0.5,x,nan\n"))
  }

  @Test func `a submission has the columns that it names, in their order`() throws {
    let columns = try SubmissionColumns(
      "ImageId=row,Label=class,n=class_index,i=index,f=file,p=probability, owl = p_owl ",
      classNames: ["cat", "dog", "owl"])
    #expect(
      columns.csv(of: images) == """
        ImageId,Label,n,i,f,p,owl
        1,dog,1,0,a.png,0.7,0.05
        3,cat,0,2,'=b\u{FFFD}.png,0.4,0.4

        """)
  }

  @Test func `a class with a comma in its name stands in quotes`() throws {
    let columns = try SubmissionColumns(
      #"Id=row,"p=p_cat, grey""#, classNames: ["cat, grey", "dog", "owl"])
    #expect(columns.csv(of: images) == "Id,p\n1,0.25\n3,0.4\n")
  }

  @Test(arguments: [
    (#""a=p_cat"#, #"'"x=p_a, b"'"#),
    ("ImageId", "'NAME=SOURCE'"), ("=row", "'NAME=SOURCE'"), ("", "'NAME=SOURCE'"),
    ("a=row,a=class", "two columns 'a'"), ("a=labels", "row, index, file, class, class_index"),
    ("a=p_fish", "p_cat, p_dog, p_owl"), ("a=p_doq", "did you mean 'p_dog'?"),
  ])
  func `what is no column is said, with those that there are`(text: String, message: String) {
    let error = #expect(throws: Diagnostics.self) {
      try SubmissionColumns(text, classNames: ["cat", "dog", "owl"])
    }
    #expect(error?.rendered().contains(message) == true)
  }
}
