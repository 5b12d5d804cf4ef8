### What the orders bot says, in English. See `shared/en.ftl` for the attributes; said here again, a text of there is ours.
### `.order`, `.line`, `.event` and their like write one line of what a text lists.

-desk = order desk

## The main menu

main = 📦 Welcome to our { -desk }. What can we do for you?
    .orders = Check Order Status
    .orders_also = order status, orders, order, my orders, status of my order, check order
    .defects = Report a Defect
    .defects_also = report defect, defects, complaint
    .production = Production Schedule
    .production_also = schedule, production plan
    .help_desk = Help & Support
    .help_desk_also = support, faq, help desk
    .again = Back to menu
    .again_also = this menu, main
    .opener = Choose

## 1: orders

orders = Orders: what would you like to see?
    .recent = Recent orders
    .recent_also = all orders, my orders, list
    .track = Track an order
    .track_also = track one, track by number, find an order, one order
    .dates = Delivery dates
    .dates_also = deliveries, delivery, when
    .back = Back
    .back_also = up, main menu
    .opener = Choose

which_order =
    { $total ->
        [2] This is your order. Choose it to see more.
       *[other] These are your orders, the newest first. Choose one to see more.
    }
    .one = { $number }
    .one_detail = { order_status_short }{ $due ->
        [expected] {" · expected "}{ $eta }
        [delivered] {" on "}{ $eta }
       *[none] { "" }
    }
    .back = Back
    .back_also = up
    .opener = See orders

order_number = Which order? Please write its number, for example ORD-002. It is on your order confirmation.

order_status_short =
    { $status ->
        [received] Received
        [confirmed] Confirmed
        [in_production] In production
        [ready] Ready to ship
        [shipped] On its way
        [delivered] Delivered
        [on_hold] On hold
       *[cancelled] Cancelled
    }

order_details =
    📦 *Order { $number }*
    Status: *{ order_status_short }*
    Placed on { $placed }
    { $due ->
        [delivered] Delivered on { $eta }
        [expected] Expected delivery: { $eta }
        [open] The day of delivery is not known yet.
       *[none] There is no delivery to come.
    }

    {""}*What you ordered*
    { $lines }{ $more ->
        [0] { "" }
       *[other] {" "}… and { $more } more
    }

    {""}*What happened*
    { $events ->
        [none] Nothing yet.
       *[some] { $events }
    }
    .line = • { $quantity } { $unit }: { $product }
    .event = • { $day }: { order_status_short }{ $note ->
        [none] { "" }
       *[words] {" – "}{ $note }
    }

order_unknown =
    We have no order { $number } under your phone number. Please check the number and write it again. If you ordered under another number, or are sure that it is right, our team can look it up.

    { support_line }

    {""}*back* shows the menu again.

orders_not_shown =
    { $reason ->
        [no_phone] We find orders by phone number, and WhatsApp has not told us yours.
       *[other] We cannot look up your orders here just now.
    } Our team can tell you about them.

    { support_line }

no_orders =
    There are no orders under your phone number yet. If you ordered under another number, our team can look it up.

    { support_line }

no_deliveries = There is nothing on its way to you at the moment.

delivery_dates =
    🚚 *Your delivery dates*

    { $deliveries }
    .delivery = • { $due ->
        [expected] { $eta }: { $number }
       *[open] Day still open: { $number }
    } ({ order_status_short })

## 2: defects

defects = Defects: what would you like to do?
    .report = Report a defect
    .report_also = report, new defect, new report, report defect
    .history = My reports
    .history_also = history, defect history, all reports, my defects
    .track = Track a resolution
    .track_also = track, resolution, status
    .back = Back
    .back_also = up, main menu
    .opener = Choose

defect = We are sorry that something is not right. Please describe the defect in a few words, and name the order if it is about one. For example: ORD-002: two hinges are bent

photo = Thank you. A photo helps us to see it: please send one now, or skip this.
    .skip = Skip
    .skip_also = no, no photo, skip it, without, none, later

defect_reported =
    ✅ Your report is with us. Its number is *{ $reference }*.

    { $order ->
        [none] { "" }
       *[number] It is about order { $order }.{" "}
    }{ $photo ->
        [none] { "" }
       *[kept] Your photo is with it.{" "}
    }You can follow it under “Track a resolution”.

defect_status_short =
    { $status ->
        [received] Received
        [in_review] Being looked into
        [resolved] Resolved
       *[declined] Closed without a repair
    }

which_defect =
    { $total ->
        [2] This is your report. Choose it to see more.
       *[other] These are your reports, the newest first. Choose one to see more.
    }
    .one = { $reference }
    .one_detail = { defect_status_short } · { $words }
    .back = Back
    .back_also = up
    .opener = See reports

defect_reference = Which report? Please write its number, which begins with DEF. You find it under “My reports”.

defect_details =
    🛠 *Report { $reference }*
    Status: *{ defect_status_short }*{ $order ->
        [none] { "" }
       *[number]
        {""}
        About order { $order }
    }

    { $description }{ $photo ->
        [none] { "" }
        [kept]
        {""}
        Your photo is with it.
       *[lost]
        {""}
        Your photo could not be kept.
    }

    {""}*What happened*
    { $steps }{ $resolution ->
        [none] { "" }
       *[words]
        {""}

        {""}*What our team says*
        { $resolution }
    }
    .step = • { $day }: { defect_status_short }

defect_unknown = We have no report of this number from you. Please check it and write it again, or look under “My reports”. *back* shows the menu again.

no_defects = You have not reported a defect yet.

## 3: production

production = Production: what would you like to see?
    .today = Today
    .today_also = today’s schedule, todays schedule
    .week = This week
    .week_also = week, weekly, next seven days
    .status = Production status
    .status_also = status, lines, running lines, quality
    .back = Back
    .back_also = up, main menu
    .opener = Choose

schedule_today =
    🏭 *Today, { $day }*

    { $shifts }
    .shift =
        • { $line }, { $name ->
            [morning] morning
           *[evening] evening
        } shift: { $product }, { $planned } planned{ $known ->
            [none] { "" }
           *[known] , { $made } made, quality { $quality }
        }

nothing_today = Nothing is planned for today, { $day }.

schedule_week =
    🏭 *The next seven days*

    { $days }
    .day =
        • *{ $day }*: { $pieces } pieces on { $lines ->
            [one] 1 line
           *[other] { $lines } lines
        } ({ $products }{ $more ->
            [0] { "" }
           *[other] {" "}and { $more } more
        })

nothing_this_week = Nothing is planned for the seven days from { $day }.

production_status =
    ⚙️ *{ $running } of { $all } lines are running*

    { $lines }
    .line =
        • { $name }: { $state ->
            [running] running
            [maintenance] in maintenance
           *[stopped] stopped
        }{ $product ->
            [none] { "" }
           *[name] {" – "}{ $product }
        }{ $known ->
            [none] { "" }
           *[known] , quality { $quality }
        }

no_lines = There is no production to show at the moment.

## 4: help and support

help_desk = Help & Support: how can we help?
    .faqs = Questions & answers
    .faqs_also = faqs, faq, questions, frequent questions
    .contact = Contact us
    .contact_also = contact, phone, e-mail, email, call
    .issue = Report an issue
    .issue_also = issue, problem, report issue
    .back = Back
    .back_also = up, main menu
    .opener = Choose

which_faq = What would you like to know?
    .one = { $title }
    .one_also = { $question }
    .one_detail = { $question }
    .back = Back
    .back_also = up
    .opener = See questions

faq_answer =
    {""}*{ $question }*

    { $answer }

no_faqs = There are no questions and answers here yet.

contact =
    { $support ->
        [none] Our team’s contact is not listed here yet. Report an issue, and they will see it.
       *[contact] ☎️ Our team is there for you: { $support }
    }

issue = What can our team help you with? Please describe it in a few words. For example: The invoice of ORD-001 never came

issue_reported =
    ✅ Your issue is with our team. Its number is *{ $reference }*.

    { support_line }

## Commands, as they are in menus

help =
    Choose from the menus by tapping, or write a number or a name. These words work anywhere:

    { help_undo }
    • *menu*: the main menu
    • *hi*: where we are
    • *agent*: how to reach a person
    • *stop*: no more messages from us

    { support_line }
help_undo = • *back*: one menu up
language_is = We speak English in this chat.
stopped = Done. You will get no more messages from us. If you ever want to come back, write *start*.
three_wrong = That does not seem to work, and that is all right. What would help?
    .resume = Try once more
    .resume_also = try again, again, continue, go on, start
    .help = Show me help
    .help_also = help
    .pause = Take a break
    .pause_also = pause, break, later
    .restart_yes = Main menu
    .restart_yes_also = restart, start again, begin again, menu
    .opener = Choose
paused = Of course, take your time. Write *hi* when you are ready.
no_agent_yet =
    We would gladly connect you, but a person cannot join this chat yet. Under “Help & Support” you can report an issue to our team.

    { support_line }
nothing_to_go_back_to = This is the main menu.
system_down = A system we need is not answering just now. { we_keep_trying }
we_keep_trying = We keep trying by ourselves and will write to you here. There is nothing you need to do.
we_work = We are working on it and will write to you here. There is nothing you need to do.
team_looks = Our team is looking into it, and there is nothing you need to do.
we_look_at_it = We are sorry, something went wrong on our side. Our team has been asked to look into it.
cannot_use =
    { $kind ->
        [image] Thank you for the picture, but we cannot use it here. To show us a defect, choose “Report a Defect”.
        [document] Thank you for the document, but we cannot use documents here yet.
        [audio] Thank you for the voice message. We are sorry, we cannot listen to it here: please type your answer.
        [video] Thank you for the video, but we cannot use videos here yet.
        [sticker] A nice sticker! We cannot read an answer in it, though.
        [location] Thank you for the location, but we do not need it here.
        [contacts] Thank you for the contact, but we do not need it here.
        [order] Thank you, but orders cannot be placed in this chat.
        [reaction] Thank you for the reaction! We cannot take it as an answer, though.
       *[unsupported] We are sorry, we cannot read this kind of message.
    } Here we read words and taps; *help* lists what you can write.

## Wrong answers: what is expected, and an example

order_number_unreadable = We could not read an order number in that. Please write it as it is on your confirmation, for example *ORD-002*, or just *2*.
defect_reference_unreadable = We could not read a report’s number in that. It begins with DEF and goes on with six letters and digits; “My reports” lists yours.
words_too_few = Please write a few words more, so that we know what happened. For example: two hinges are bent
words_too_many = That is longer than we can take ({ $most } characters at most). Please write it a little shorter, for example: two hinges are bent
photo_or_skip = Please send a photo of the defect, or tap *Skip*.
photo_is_no_photo =
    { $kind ->
        [video] Thank you, but this is a video, and we can only keep photos.
       *[document] Thank you, but this came as a file, and we can only keep photos.
    } Please send a photo of the defect, or tap *Skip*.
